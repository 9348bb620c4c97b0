//! The organisation's tree.

#![expect(clippy::unwrap_used, reason = "a failing unwrap is the test's message")]

mod absences;
mod line;
mod units;

use directory::commands::{NewAssignment, NewUnit, assign, create_unit};
use directory::{OrgUnit, OrgUnitKind, queries};
use identity::NewPerson;
use kernel::{OrgUnitId, OrganisationRole, PersonId, Viewer};
use platform::{Database, Tx};
use testkit::on_both_databases;

async fn person(tx: &mut Tx, handle: &str) -> PersonId {
    let new = NewPerson {
        handle: handle.to_owned(),
        name: handle.to_owned(),
        locale: "en".to_owned(),
        ..NewPerson::default()
    };
    identity::commands::create_person(tx, new).await.unwrap()
}

async fn unit(tx: &mut Tx, code: &str, parent: Option<OrgUnitId>) -> OrgUnit {
    let new = NewUnit {
        parent_id: parent,
        code: code.to_owned(),
        name: code.to_owned(),
        kind: OrgUnitKind::Branch,
    };
    create_unit(tx, new).await.unwrap()
}

async fn place(tx: &mut Tx, unit: OrgUnitId, person: PersonId, is_head: bool) {
    let starts_at = tx.now();
    let new = NewAssignment {
        unit_id: unit,
        person_id: person,
        role: "Teller".to_owned(),
        is_head,
        starts_at,
    };
    assign(tx, new).await.unwrap();
}

async fn system(database: &Database) -> Tx {
    database.begin(&Viewer::system("test")).await.unwrap()
}

#[tokio::test]
async fn the_line_leads_up_to_the_next_head_who_is_somebody_else() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let (top, middle, branch) = {
            let top = unit(&mut tx, "top", None).await;
            let middle = unit(&mut tx, "middle", Some(top.id)).await;
            let branch = unit(&mut tx, "branch", Some(middle.id)).await;
            (top, middle, branch)
        };
        let [chief, head, teller, loner] = [
            person(&mut tx, "chief").await,
            person(&mut tx, "head").await,
            person(&mut tx, "teller").await,
            person(&mut tx, "loner").await,
        ];
        place(&mut tx, top.id, chief, true).await;
        place(&mut tx, branch.id, head, true).await;
        place(&mut tx, branch.id, teller, false).await;
        tx.commit().await.unwrap();

        let reader = bed
            .database
            .reader(&Viewer::person(loner, OrganisationRole::Member, None));
        assert_eq!(queries::manager(&reader, teller).await.unwrap(), Some(head));
        // The branch's head is led from above; the unit between has no head.
        assert_eq!(queries::manager(&reader, head).await.unwrap(), Some(chief));
        assert_eq!(queries::manager(&reader, chief).await.unwrap(), None);
        assert_eq!(queries::manager(&reader, loner).await.unwrap(), None);
        let path = queries::path(&reader, branch).await.unwrap();
        assert_eq!(
            path.iter().map(|unit| unit.id).collect::<Vec<_>>(),
            [top.id, middle.id, path[2].id]
        );
        assert_eq!(queries::top(&reader).await.unwrap().len(), 1);
        bed
    })
    .await;
}

#[tokio::test]
async fn only_admins_build_and_nobody_who_is_not_signed_in_looks() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let member = person(&mut tx, "member").await;
        let top = unit(&mut tx, "top", None).await;
        tx.commit().await.unwrap();

        let mut tx = bed
            .database
            .begin(&Viewer::person(member, OrganisationRole::Member, None))
            .await
            .unwrap();
        let new = NewUnit {
            parent_id: Some(top.id),
            code: "x".into(),
            name: "x".into(),
            kind: OrgUnitKind::Team,
        };
        let refused = create_unit(&mut tx, new.clone()).await.unwrap_err();
        assert_eq!(refused.reason(), "NETWORK_ADMIN_REQUIRED");
        tx.rollback().await.unwrap();

        let mut tx = system(&bed.database).await;
        let again = NewUnit {
            code: "top".into(),
            ..new.clone()
        };
        assert_eq!(
            create_unit(&mut tx, again).await.unwrap_err().reason(),
            "ALREADY_EXISTS"
        );
        tx.rollback().await.unwrap();
        let mut tx = system(&bed.database).await;
        let empty = NewUnit {
            name: "  ".into(),
            ..new
        };
        assert_eq!(
            create_unit(&mut tx, empty).await.unwrap_err().reason(),
            "INVALID_TEXT"
        );
        tx.rollback().await.unwrap();

        let nobody = bed.database.reader(&Viewer::anonymous());
        assert_eq!(
            queries::top(&nobody).await.unwrap_err().reason(),
            "UNAUTHENTICATED"
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn units_are_found_by_words_of_name_and_code_whatever_their_case_and_accents() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        for code in ["Filiale Süd", "Bezirk Süd", "Südost", "Nord"] {
            unit(&mut tx, code, None).await;
        }
        tx.commit().await.unwrap();
        let reader = bed.database.reader(&Viewer::system("test"));
        let found = async |query: &str, limit| {
            let units = queries::search_units(&reader, query, limit).await.unwrap();
            units.into_iter().map(|unit| unit.name).collect::<Vec<_>>()
        };
        assert_eq!(
            found("SUD", 9).await,
            ["Südost", "Bezirk Süd", "Filiale Süd"]
        );
        assert_eq!(found("süd fil", 9).await, ["Filiale Süd"]);
        assert_eq!(found("süd", 1).await, ["Südost"]);
        assert!(found(" ", 9).await.is_empty());
        bed
    })
    .await;
}
