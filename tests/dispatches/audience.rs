//! A line narrowed to a kept audience.

use audiences::Rule;
use audiences::model::AudienceDraft;
use communities::{CommunityVisibility, NewCommunity};
use dispatches::commands;
use dispatches::queries::{self, Box};
use kernel::{AudienceId, PersonId};
use testkit::on_both_databases;

use crate::bank::{Bank, person, place, reason, system, viewer};

fn people(people: &[PersonId]) -> Rule {
    Rule::People {
        people: people.to_vec(),
    }
}

impl Bank {
    async fn keep(&self, owner: PersonId, rule: Rule, is_shared: bool) -> AudienceId {
        let draft = AudienceDraft {
            name: "Whom it is about".to_owned(),
            rule,
            is_shared,
        };
        audiences::commands::create(self.database(), &viewer(owner), draft)
            .await
            .unwrap()
    }
}

#[tokio::test]
async fn who_is_addressed_is_in_the_line_and_in_the_audience() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let [first, second, third] = bank.tellers;
        let rule = people(&[first, third, bank.adviser, bank.southern, bank.chief]);
        let mut draft = bank.draft();
        draft.audience = Some(bank.keep(bank.north, rule, false).await);

        let reader = bank.database().reader(&viewer(bank.north));
        let preview = queries::preview(
            &reader,
            draft.unit_id,
            &[],
            &draft.target_roles,
            draft.audience,
        );
        assert_eq!(preview.await.unwrap().recipient_count, 2);

        let id = bank.send(bank.north, draft).await.unwrap();
        for (somebody, gets) in [
            (first, true),
            (third, true),
            // In the line, not in the audience.
            (second, false),
            // In the audience, with another role than the chosen one.
            (bank.adviser, false),
            // In the audience, outside the line.
            (bank.southern, false),
            (bank.chief, false),
        ] {
            let got = bank.listed(somebody, Box::Received).await;
            assert_eq!(got == [id], gets, "{somebody:?}");
        }
        let sent = bank.see(bank.north, id).await.unwrap();
        assert_eq!(sent.recipient_count, 2);
        assert_eq!(sent.audience.unwrap().name, "Whom it is about");
        // Why somebody was chosen is no business of those who were.
        assert!(bank.see(first, id).await.unwrap().audience.is_none());
        let proof = queries::proof(&bank.database().reader(&viewer(bank.north)), id).await;
        assert!(
            proof
                .unwrap()
                .addressed
                .ends_with("Teller ∩ Whom it is about")
        );
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn an_audience_gives_no_right_and_is_ones_own_or_shared() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut draft = bank.draft();
        let private = bank.keep(bank.south, Rule::Everybody, false).await;
        draft.audience = Some(private);
        assert_eq!(
            reason(bank.save(bank.north, draft.clone()).await),
            "AUDIENCE_UNKNOWN"
        );
        let shared = bank.keep(bank.south, Rule::Everybody, true).await;
        draft.audience = Some(shared);
        let teller = bank.tellers[0];
        assert_eq!(
            reason(bank.save(teller, draft.clone()).await),
            "LINE_RIGHT_MISSING"
        );
        let id = bank.save(bank.north, draft.clone()).await.unwrap();

        // Of somebody outside the line nobody is addressed, and nothing is sent.
        draft.audience = Some(bank.keep(bank.north, people(&[bank.southern]), false).await);
        let same = bank.save(bank.north, draft).await.unwrap();
        assert_eq!(same, id);
        let sent = commands::send(bank.database(), &viewer(bank.north), id).await;
        assert_eq!(reason(sent), "NOBODY_ADDRESSED");
        assert!(bank.listed(bank.southern, Box::Received).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_draft_keeps_its_rule_and_joiners_must_fit_it() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut tx = system(bank.database()).await;
        let (fits, fits_not) = (person(&mut tx, "j1").await, person(&mut tx, "j2").await);
        tx.commit().await.unwrap();
        let audience = bank
            .keep(bank.north, people(&[bank.tellers[0], fits]), false)
            .await;
        let mut draft = bank.draft();
        draft.audience = Some(audience);
        draft.joiner_days = 3;
        let id = bank.save(bank.north, draft).await.unwrap();
        audiences::commands::delete(bank.database(), &viewer(bank.north), audience)
            .await
            .unwrap();
        commands::send(bank.database(), &viewer(bank.north), id)
            .await
            .unwrap();
        assert_eq!(bank.see(bank.north, id).await.unwrap().recipient_count, 1);

        let mut tx = system(bank.database()).await;
        for joiner in [fits, fits_not] {
            place(&mut tx, bank.branches[1], joiner, "Teller", false).await;
        }
        tx.commit().await.unwrap();
        assert_eq!(commands::join_due(bank.database()).await.unwrap(), 1);
        assert_eq!(bank.listed(fits, Box::Received).await, [id]);
        assert!(bank.listed(fits_not, Box::Received).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_roll_does_not_tell_who_is_in_a_community_the_sender_has_left() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let [first, ..] = bank.tellers;
        let mut tx = system(bank.database()).await;
        let new = NewCommunity {
            visibility: CommunityVisibility::Private,
            ..NewCommunity::named("Works council")
        };
        let now = tx.now();
        let council = communities::commands::create_in(&mut tx, first, new, now)
            .await
            .unwrap();
        let member = communities::NewMember {
            person: bank.north,
            role: communities::CommunityRole::Member,
            since: now,
        };
        communities::commands::join_many(&mut tx, council, &[member])
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let rule = Rule::Communities {
            communities: vec![council],
        };
        let mut draft = bank.draft();
        draft.audience = Some(bank.keep(bank.north, rule, false).await);
        let id = bank.save(bank.north, draft).await.unwrap();
        communities::commands::leave(bank.database(), &viewer(bank.north), council)
            .await
            .unwrap();
        let sent = commands::send(bank.database(), &viewer(bank.north), id).await;
        assert_eq!(reason(sent), "AUDIENCE_HIDDEN");
        assert!(bank.listed(first, Box::Received).await.is_empty());
        bank.bed
    })
    .await;
}
