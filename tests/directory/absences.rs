//! Who is away: entered by oneself; the reason only for oneself, the line above and network admins.

use directory::commands::{NewAbsence, absence_add, absence_change, absence_remove};
use directory::model::{AbsenceKind, AbsenceView};
use directory::queries::{absences, away_until};
use kernel::{AbsenceId, OrganisationRole, PersonId, Result, Timestamp, Viewer};
use testkit::{TestDatabase, on_both_databases};

use crate::{person, place, system, unit};

/// A region with a chief, a branch with a head, two tellers, and an admin outside of it all.
struct Branch {
    bed: TestDatabase,
    chief: PersonId,
    head: PersonId,
    teller: PersonId,
    colleague: PersonId,
    admin: PersonId,
}

impl Branch {
    async fn open(bed: TestDatabase) -> Self {
        let mut tx = system(&bed.database).await;
        let region = unit(&mut tx, "region", None).await.id;
        let branch = unit(&mut tx, "branch", Some(region)).await.id;
        let other = unit(&mut tx, "other", Some(region)).await.id;
        let [chief, head, teller, colleague, admin] = [
            person(&mut tx, "chief").await,
            person(&mut tx, "head").await,
            person(&mut tx, "teller").await,
            person(&mut tx, "colleague").await,
            person(&mut tx, "admin").await,
        ];
        place(&mut tx, region, chief, true).await;
        place(&mut tx, branch, head, true).await;
        place(&mut tx, branch, teller, false).await;
        // Leads a unit, but not one above the teller's.
        place(&mut tx, other, colleague, true).await;
        tx.commit().await.unwrap();
        Self {
            bed,
            chief,
            head,
            teller,
            colleague,
            admin,
        }
    }

    fn viewer(&self, person: PersonId) -> Viewer {
        let role = if person == self.admin {
            OrganisationRole::NetworkAdmin
        } else {
            OrganisationRole::Member
        };
        Viewer::person(person, role, None)
    }

    async fn add(&self, person: PersonId, absence: NewAbsence) -> Result<AbsenceId> {
        absence_add(&self.bed.database, &self.viewer(person), &absence).await
    }

    async fn seen_by(&self, viewer: PersonId) -> Vec<AbsenceView> {
        let reader = self.bed.database.reader(&self.viewer(viewer));
        absences(&reader, self.teller).await.unwrap()
    }

    fn days(&self, from: i64, to: i64) -> NewAbsence {
        let now = self.bed.database.now();
        NewAbsence {
            starts_at: now.plus_seconds(from * 86_400),
            ends_at: now.plus_seconds(to * 86_400),
            kind: AbsenceKind::Illness,
            substitute_id: None,
        }
    }
}

#[tokio::test]
async fn why_somebody_is_away_is_for_the_line_above_and_admins_only() {
    on_both_databases(async |bed| {
        let branch = Branch::open(bed).await;
        let now = NewAbsence {
            substitute_id: Some(branch.colleague),
            ..branch.days(-3, 4)
        };
        let present = branch.add(branch.teller, now.clone()).await.unwrap();
        let coming = branch.days(30, 40);
        let later = branch.add(branch.teller, coming.clone()).await.unwrap();

        let whole = |id, absence: &NewAbsence| AbsenceView {
            id,
            starts_at: Some(absence.starts_at),
            ends_at: absence.ends_at,
            kind: Some(absence.kind),
            substitute_id: absence.substitute_id,
        };
        let all = [whole(present, &now), whole(later, &coming)];
        for viewer in [branch.teller, branch.head, branch.chief, branch.admin] {
            assert_eq!(branch.seen_by(viewer).await, all);
        }
        let little = AbsenceView {
            starts_at: None,
            kind: None,
            ..whole(present, &now)
        };
        assert_eq!(branch.seen_by(branch.colleague).await, [little]);
        let nobody = branch.bed.database.reader(&Viewer::anonymous());
        assert!(absences(&nobody, branch.teller).await.is_err());

        // Who leads is not seen through by whom he leads.
        branch.add(branch.head, branch.days(-1, 1)).await.unwrap();
        let reader = branch.bed.database.reader(&branch.viewer(branch.teller));
        let of_head = absences(&reader, branch.head).await.unwrap();
        assert_eq!(of_head.len(), 1);
        assert_eq!((of_head[0].starts_at, of_head[0].kind), (None, None));
        branch.bed
    })
    .await;
}

#[tokio::test]
async fn absences_without_a_gap_are_one_for_colleagues() {
    on_both_databases(async |bed| {
        let branch = Branch::open(bed).await;
        let ends = |absence: &NewAbsence| absence.ends_at;
        let [first, next, gap] = [branch.days(-1, 2), branch.days(2, 5), branch.days(6, 9)];
        for absence in [&gap, &next, &first] {
            branch.add(branch.teller, absence.clone()).await.unwrap();
        }
        let reader = branch.bed.database.reader(&branch.viewer(branch.colleague));
        let people = [branch.teller, branch.head];
        let away = away_until(&reader, &people, reader.now()).await.unwrap();
        assert_eq!(away.get(&branch.teller), Some(&ends(&next)));
        assert_eq!(away.get(&branch.head), None);
        let seen: Vec<Timestamp> = branch
            .seen_by(branch.colleague)
            .await
            .iter()
            .map(|one| one.ends_at)
            .collect();
        assert_eq!(seen, [ends(&first), ends(&next)]);
        branch.bed
    })
    .await;
}

#[tokio::test]
async fn one_changes_and_withdraws_ones_own_absences_only() {
    on_both_databases(async |bed| {
        let branch = Branch::open(bed).await;
        let id = branch.add(branch.teller, branch.days(1, 3)).await.unwrap();
        let database = &branch.bed.database;
        let longer = NewAbsence {
            kind: AbsenceKind::Vacation,
            substitute_id: Some(branch.head),
            ..branch.days(1, 8)
        };
        for other in [branch.head, branch.admin] {
            let viewer = branch.viewer(other);
            let refused = absence_change(database, &viewer, id, &longer).await;
            assert_eq!(refused.unwrap_err().reason(), "NOT_FOUND");
            let refused = absence_remove(database, &viewer, id).await;
            assert_eq!(refused.unwrap_err().reason(), "NOT_FOUND");
        }
        let viewer = branch.viewer(branch.teller);
        absence_change(database, &viewer, id, &longer)
            .await
            .unwrap();
        let seen = branch.seen_by(branch.teller).await;
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].ends_at, longer.ends_at);
        assert_eq!(seen[0].kind, Some(AbsenceKind::Vacation));
        assert_eq!(seen[0].substitute_id, Some(branch.head));
        absence_remove(database, &viewer, id).await.unwrap();
        assert!(branch.seen_by(branch.teller).await.is_empty());

        // What is over stays as it was.
        let id = branch.add(branch.teller, branch.days(-1, 1)).await.unwrap();
        branch.bed.clock.advance_seconds(2 * 86_400);
        let refused = absence_change(database, &viewer, id, &branch.days(0, 8)).await;
        assert_eq!(refused.unwrap_err().reason(), "NOT_FOUND");
        branch.bed
    })
    .await;
}

#[tokio::test]
async fn an_absence_that_makes_no_sense_is_refused() {
    on_both_databases(async |bed| {
        let branch = Branch::open(bed).await;
        for wrong in [
            branch.days(3, 3),
            branch.days(3, 1),
            branch.days(-9, -1),
            branch.days(0, 3 * 366),
        ] {
            let refused = branch.add(branch.teller, wrong).await.unwrap_err();
            assert_eq!(refused.reason(), "ABSENCE_RANGE");
        }
        let by = |substitute| NewAbsence {
            substitute_id: Some(substitute),
            ..branch.days(1, 2)
        };
        let refused = branch.add(branch.teller, by(branch.teller)).await;
        assert_eq!(refused.unwrap_err().reason(), "SUBSTITUTE_IS_SELF");
        let house = Viewer::system("test");
        identity::commands::person_set_active(&branch.bed.database, &house, branch.head, false)
            .await
            .unwrap();
        let refused = branch.add(branch.teller, by(branch.head)).await;
        assert_eq!(refused.unwrap_err().reason(), "PERSON_NOT_FOUND");
        branch.bed
    })
    .await;
}
