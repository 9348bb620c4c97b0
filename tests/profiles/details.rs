//! Who sees which number, and what the personnel department keeps.

use identity::HrField;
use identity::commands::profile_update;
use identity::model::ProfileInput;
use kernel::{Error, Viewer};
use profiles::commands::set_from_hr;
use profiles::model::{ProfileAudience, ProfileChange};
use profiles::queries;
use testkit::on_both_databases;

use crate::world::Bank;

fn reasons(error: Error) -> Vec<(String, &'static str)> {
    match error {
        Error::Invalid(problems) => problems
            .into_iter()
            .map(|problem| (problem.path.join("."), problem.code))
            .collect(),
        other => vec![(String::new(), other.reason())],
    }
}

#[tokio::test]
async fn a_number_is_seen_by_whom_its_owner_chose() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let teller = bank.teller;
        let all = [
            ("self", teller),
            ("head of the branch", bank.head),
            ("same branch", bank.colleague),
            ("board", bank.chief),
            ("other branch", bank.other),
            ("nowhere", bank.outsider),
        ];
        for (choice, seeing) in [
            (ProfileAudience::Everybody, [true; 6]),
            (
                ProfileAudience::UnitLine,
                [true, true, true, true, false, false],
            ),
            (
                ProfileAudience::Nobody,
                [true, false, false, false, false, false],
            ),
        ] {
            let change = ProfileChange {
                phone: Some("+49 431 1".into()),
                mobile: Some("+49 170 2".into()),
                phone_for: Some(choice),
                mobile_for: Some(choice),
                email_for: Some(choice),
                ..ProfileChange::default()
            };
            bank.change(teller, change).await.unwrap();
            for ((who, viewer), sees) in all.into_iter().zip(seeing) {
                let seen = bank.seen_by(viewer, teller).await;
                let found = [&seen.phone, &seen.mobile, &seen.email].map(Option::is_some);
                assert_eq!(found, [sees; 3], "{choice:?} seen by {who}");
                assert_eq!(seen.choices.is_some(), who == "self");
                let card = queries::card(&bank.reader(viewer), teller, String::new())
                    .await
                    .unwrap()
                    .to_text();
                assert_eq!(card.contains("+49 170 2"), sees, "card for {who}");
                assert_eq!(card.contains("EMAIL"), sees, "card for {who}");
            }
        }
        // A line is not symmetric by chance: who leads from above is seen from below as well.
        let change = ProfileChange {
            mobile: Some("+49 170 3".into()),
            ..ProfileChange::default()
        };
        bank.change(bank.chief, change).await.unwrap();
        assert!(bank.seen_by(teller, bank.chief).await.mobile.is_some());
        assert!(
            bank.seen_by(bank.outsider, bank.chief)
                .await
                .mobile
                .is_none()
        );
        let nobody = bank.bed.database.reader(&Viewer::anonymous());
        assert!(matches!(
            queries::profile(&nobody, teller).await,
            Err(Error::Unauthenticated)
        ));
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_the_personnel_department_keeps_the_person_does_not_change() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let values = ProfileChange {
            mobile: Some("+49 170 1".into()),
            languages: Some(vec!["de".into(), "en".into()]),
            ..ProfileChange::default()
        };
        let fields = [HrField::Mobile, HrField::Languages, HrField::Title];
        let system = Viewer::system("test");
        let mut tx = bank.bed.database.begin(&system).await.unwrap();
        set_from_hr(&mut tx, bank.teller, values.clone(), &fields)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut tx = bank
            .bed
            .database
            .begin(&bank.viewer(bank.head))
            .await
            .unwrap();
        let refused = set_from_hr(&mut tx, bank.teller, values, &fields).await;
        assert_eq!(refused.unwrap_err().reason(), "NETWORK_ADMIN_REQUIRED");
        tx.rollback().await.unwrap();

        let seen = bank.seen_by(bank.head, bank.teller).await;
        assert_eq!(seen.languages, ["de", "en"]);
        assert_eq!(
            seen.hr_fields,
            [HrField::Title, HrField::Mobile, HrField::Languages]
        );
        let change = ProfileChange {
            mobile: Some("+49 170 9".into()),
            languages: Some(vec!["fr".into()]),
            phone: Some("12 34".into()),
            ..ProfileChange::default()
        };
        let refused = bank.change(bank.teller, change).await.unwrap_err();
        assert_eq!(
            reasons(refused),
            [
                ("mobile".to_owned(), "KEPT_BY_HR"),
                ("languages".to_owned(), "KEPT_BY_HR")
            ]
        );
        // The same value again is no change, and who sees it stays the person's own choice.
        let change = ProfileChange {
            mobile: Some("+49 170 1".into()),
            mobile_for: Some(ProfileAudience::Nobody),
            ..ProfileChange::default()
        };
        bank.change(bank.teller, change).await.unwrap();
        assert_eq!(bank.seen_by(bank.head, bank.teller).await.mobile, None);

        let viewer = bank.viewer(bank.teller);
        let input = |title: &str, location: &str| ProfileInput {
            name: "Name of teller".into(),
            title: title.into(),
            location: location.into(),
            ..ProfileInput::default()
        };
        let refused = profile_update(&bank.bed.database, &viewer, input("Chief", "Kiel")).await;
        assert_eq!(
            reasons(refused.unwrap_err()),
            [("title".to_owned(), "KEPT_BY_HR")]
        );
        profile_update(&bank.bed.database, &viewer, input("", "Altona"))
            .await
            .unwrap();
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_field_by_field_and_nothing_is_written() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let change = ProfileChange {
            phone: Some("call me".into()),
            languages: Some(vec!["klingon".into()]),
            skills: Some((0..51).map(|number| format!("Skill {number}")).collect()),
            ask_about: Some(vec!["Kasse".into()]),
            ..ProfileChange::default()
        };
        let refused = bank.change(bank.teller, change).await.unwrap_err();
        assert_eq!(
            reasons(refused),
            [
                ("phone".to_owned(), "PHONE_INVALID"),
                ("languages".to_owned(), "LANGUAGE_UNKNOWN"),
                ("skills".to_owned(), "TOO_MANY")
            ]
        );
        assert!(
            bank.seen_by(bank.teller, bank.teller)
                .await
                .ask_about
                .is_empty()
        );
        bank.bed
    })
    .await;
}
