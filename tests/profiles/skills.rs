//! Skills and who endorses them.

use profiles::commands::skill_endorse;
use profiles::model::ProfileChange;
use profiles::queries;
use testkit::on_both_databases;

use crate::world::Bank;

fn skills(list: &[&str]) -> ProfileChange {
    ProfileChange {
        skills: Some(list.iter().map(|skill| (*skill).to_owned()).collect()),
        ..ProfileChange::default()
    }
}

#[tokio::test]
async fn others_endorse_a_skill_once_and_take_it_back() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        bank.change(bank.teller, skills(&["Geldwäsche", "Excel"]))
            .await
            .unwrap();
        let endorse = async |who, skill: &str, on| {
            let viewer = bank.viewer(who);
            skill_endorse(&bank.bed.database, &viewer, bank.teller, skill, on).await
        };
        let own = endorse(bank.teller, "Excel", true).await.unwrap_err();
        assert_eq!(own.reason(), "CANNOT_ENDORSE_SELF");
        let unknown = endorse(bank.head, "Chess", true).await.unwrap_err();
        assert_eq!(unknown.reason(), "NOT_FOUND");
        for who in [bank.head, bank.head, bank.colleague] {
            endorse(who, "geldwasche", true).await.unwrap();
        }
        let seen = bank.seen_by(bank.head, bank.teller).await;
        let counts: Vec<_> = seen
            .skills
            .iter()
            .map(|skill| {
                (
                    skill.name.as_str(),
                    skill.endorsement_count,
                    skill.is_endorsed_by_viewer,
                )
            })
            .collect();
        assert_eq!(counts, [("Geldwäsche", 2, true), ("Excel", 0, false)]);
        let reader = bank.reader(bank.other);
        let mut who = queries::endorsers(&reader, bank.teller, "geldwasche", 10)
            .await
            .unwrap();
        who.sort_unstable();
        let mut named = [bank.head, bank.colleague];
        named.sort_unstable();
        assert_eq!(who, named);

        endorse(bank.head, "Geldwäsche", false).await.unwrap();
        let seen = bank.seen_by(bank.head, bank.teller).await;
        assert_eq!(seen.skills[0].endorsement_count, 1);
        assert!(!seen.skills[0].is_endorsed_by_viewer);

        // A skill that was taken away comes back without its endorsements; one that stayed keeps them.
        endorse(bank.head, "Excel", true).await.unwrap();
        bank.change(bank.teller, skills(&["Excel"])).await.unwrap();
        bank.change(bank.teller, skills(&["Geldwäsche", "Excel"]))
            .await
            .unwrap();
        let seen = bank.seen_by(bank.other, bank.teller).await;
        let counts: Vec<_> = seen
            .skills
            .iter()
            .map(|skill| skill.endorsement_count)
            .collect();
        assert_eq!(counts, [0, 1]);
        bank.bed
    })
    .await;
}
