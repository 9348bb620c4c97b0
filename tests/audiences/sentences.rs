//! Rules in words.

use audiences::{Rule, queries};
use communities::CommunityVisibility;
use testkit::on_both_databases;

use crate::world::{community, describe, person, system, unit};

fn tellers(units: &[kernel::OrgUnitId], heads_only: bool) -> Rule {
    Rule::Place {
        units: units.to_vec(),
        with_below: true,
        roles: vec!["Teller".to_owned()],
        heads_only,
    }
}

fn not(rule: Rule) -> Rule {
    Rule::Not(Box::new(rule))
}

#[tokio::test]
async fn a_rule_reads_as_a_sentence_in_both_languages() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed).await;
        let north = unit(&mut tx, "Bezirk Nord", None).await;
        let south = unit(&mut tx, "Bezirk Süd", None).await;
        let anna = person(&mut tx, "anna", "").await;
        let bert = person(&mut tx, "bert", "").await;
        let choir = community(&mut tx, "Chor", CommunityVisibility::Public, &[anna]).await;
        tx.commit().await.unwrap();
        let members = || Rule::Communities {
            communities: vec![choir],
        };
        let people = || Rule::People {
            people: vec![anna, bert],
        };
        let anywhere = Rule::Place {
            units: Vec::new(),
            with_below: false,
            roles: Vec::new(),
            heads_only: false,
        };
        let reader = bed.database.reader(&kernel::Viewer::system("test"));
        for (rule, german, english) in [
            (Rule::Everybody, "alle", "everybody"),
            (
                not(people()),
                "alle, außer anna oder bert",
                "everybody, except anna or bert",
            ),
            (
                anywhere,
                "alle, die einen Platz haben",
                "everybody who has a place",
            ),
            (
                Rule::All(vec![tellers(&[north], false), not(people())]),
                "Teller in Bezirk Nord und allem darunter, außer anna oder bert",
                "Teller in Bezirk Nord and everything below, except anna or bert",
            ),
            (
                Rule::Any(vec![
                    tellers(&[north, south], true),
                    Rule::All(vec![
                        members(),
                        Rule::Locations {
                            locations: vec!["Kiel".into()],
                        },
                    ]),
                ]),
                "Leitungen mit der Rolle Teller in Bezirk Nord oder Bezirk Süd und allem darunter \
                 sowie (Mitglieder von Chor, zugleich alle am Standort Kiel)",
                "heads with the role Teller in Bezirk Nord or Bezirk Süd and everything below \
                 as well as (members of Chor, at the same time everybody at the location Kiel)",
            ),
            (
                Rule::All(vec![
                    Rule::Languages {
                        languages: vec!["fr".into(), "tlh".into()],
                    },
                    not(Rule::Skills {
                        skills: vec!["Excel".into()],
                    }),
                ]),
                "alle mit der Sprache Französisch oder tlh, außer alle mit der Fähigkeit Excel",
                "everybody who speaks French or tlh, except everybody with the skill Excel",
            ),
        ] {
            assert_eq!(
                queries::sentence(&reader, &rule, "de").await.unwrap(),
                german
            );
            assert_eq!(
                queries::sentence(&reader, &rule, "en").await.unwrap(),
                english
            );
        }
        let many = Rule::Locations {
            locations: ["A", "B", "C", "D", "E"].map(String::from).to_vec(),
        };
        let many = queries::sentence(&reader, &many, "de").await.unwrap();
        assert_eq!(many, "alle am Standort A, B, C oder 2 weitere");
        bed
    })
    .await;
}

#[tokio::test]
async fn why_names_each_condition_and_whether_it_leaves_out() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed).await;
        let anna = person(&mut tx, "anna", "Kiel").await;
        tx.commit().await.unwrap();
        describe(&bed, anna, &["Geldwäsche"], &["de"]).await;
        let reader = bed.database.reader(&kernel::Viewer::system("test"));
        let rule = Rule::All(vec![
            Rule::Locations {
                locations: vec!["kiel".into()],
            },
            not(Rule::People { people: vec![anna] }),
            Rule::Skills {
                skills: vec!["geldwasche".into()],
            },
            Rule::Languages {
                languages: vec!["EN".into()],
            },
        ]);
        let (is_in, reasons) = queries::why(&reader, &rule, anna, "en").await.unwrap();
        assert!(!is_in);
        let told: Vec<_> = reasons
            .iter()
            .map(|r| (r.sentence.as_str(), r.holds, r.excludes))
            .collect();
        assert_eq!(
            told,
            [
                ("everybody at the location kiel", true, false),
                ("anna", true, true),
                ("everybody with the skill geldwasche", true, false),
                ("everybody who speaks English", false, false)
            ]
        );
        bed
    })
    .await;
}
