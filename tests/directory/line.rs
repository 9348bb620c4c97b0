//! The reporting line: up to the top, down to whom one leads, sideways to who has the same manager.

use directory::commands::{NewAssignment, assign};
use directory::queries::{managers, peers, reports};
use identity::commands::person_set_active;
use kernel::{OrgUnitId, OrganisationRole, PageArgs, PersonId, Viewer};
use platform::{Reader, Tx};
use testkit::{TestDatabase, on_both_databases};

use crate::{person, place, system, unit};

/// A bank: a board, a district without a head of its own in between, two branches and a team.
struct Bank {
    bed: TestDatabase,
    chief: PersonId,
    anna: PersonId,
    bert: PersonId,
    tellers: [PersonId; 3],
    district: OrgUnitId,
    branch: OrgUnitId,
}

impl Bank {
    async fn open(bed: TestDatabase) -> Self {
        let mut tx = system(&bed.database).await;
        let board = unit(&mut tx, "board", None).await.id;
        let district = unit(&mut tx, "district", Some(board)).await.id;
        let branch = unit(&mut tx, "branch", Some(district)).await.id;
        let other = unit(&mut tx, "other", Some(district)).await.id;
        let chief = seated(&mut tx, "chief", board, true).await;
        let anna = seated(&mut tx, "anna", branch, true).await;
        let bert = seated(&mut tx, "bert", other, true).await;
        let tellers = [
            seated(&mut tx, "teller1", branch, false).await,
            seated(&mut tx, "teller2", branch, false).await,
            seated(&mut tx, "teller3", branch, false).await,
        ];
        tx.commit().await.unwrap();
        Self {
            bed,
            chief,
            anna,
            bert,
            tellers,
            district,
            branch,
        }
    }

    fn reader(&self) -> Reader {
        let viewer = Viewer::person(self.chief, OrganisationRole::Member, None);
        self.bed.database.reader(&viewer)
    }

    async fn up(&self, person: PersonId) -> Vec<PersonId> {
        managers(&self.reader(), person).await.unwrap()
    }

    async fn down(&self, person: PersonId) -> Vec<PersonId> {
        let page = PageArgs::forward(100, None).unwrap();
        let (page, total) = reports(&self.reader(), person, None, &page).await.unwrap();
        let ids: Vec<_> = page.items.into_iter().map(|(_, id)| id).collect();
        assert_eq!(total, i64::try_from(ids.len()).unwrap());
        ids
    }

    async fn beside(&self, person: PersonId) -> Vec<PersonId> {
        let page = PageArgs::forward(100, None).unwrap();
        let (page, _) = peers(&self.reader(), person, &page).await.unwrap();
        page.items.into_iter().map(|(_, id)| id).collect()
    }
}

async fn seated(tx: &mut Tx, handle: &str, unit: OrgUnitId, is_head: bool) -> PersonId {
    let id = person(tx, handle).await;
    place(tx, unit, id, is_head).await;
    id
}

#[tokio::test]
async fn the_line_goes_up_down_and_sideways_past_a_unit_without_a_head() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let [first, second, third] = bank.tellers;
        assert_eq!(bank.up(first).await, [bank.anna, bank.chief]);
        assert_eq!(bank.up(bank.anna).await, [bank.chief]);
        assert!(bank.up(bank.chief).await.is_empty());

        assert_eq!(bank.down(bank.chief).await, [bank.anna, bank.bert]);
        assert_eq!(bank.down(bank.anna).await, [first, second, third]);
        assert!(bank.down(first).await.is_empty());

        assert_eq!(bank.beside(second).await, [first, third]);
        assert_eq!(bank.beside(bank.anna).await, [bank.bert]);
        assert!(bank.beside(bank.chief).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn who_sits_in_a_unit_without_a_head_is_led_from_above() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut tx = system(&bank.bed.database).await;
        let aide = seated(&mut tx, "aide", bank.district, false).await;
        tx.commit().await.unwrap();
        assert_eq!(bank.up(aide).await, [bank.chief]);
        assert_eq!(bank.down(bank.chief).await, [aide, bank.anna, bank.bert]);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn one_head_of_two_nested_units_stands_in_the_line_once() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        bank.bed.clock.advance_seconds(1);
        let mut tx = system(&bank.bed.database).await;
        place(&mut tx, bank.district, bank.anna, true).await;
        tx.commit().await.unwrap();
        assert_eq!(bank.up(bank.tellers[0]).await, [bank.anna, bank.chief]);
        assert_eq!(bank.up(bank.anna).await, [bank.chief]);
        assert_eq!(bank.up(bank.bert).await, [bank.anna, bank.chief]);
        assert_eq!(bank.down(bank.chief).await, [bank.anna]);
        let mut led = vec![bank.bert];
        led.extend(&bank.tellers);
        assert_eq!(bank.down(bank.anna).await, led);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_oldest_of_two_heads_leads_and_the_other_is_led_from_above() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        bank.bed.clock.advance_seconds(1);
        let mut tx = system(&bank.bed.database).await;
        let deputy = seated(&mut tx, "deputy", bank.branch, true).await;
        tx.commit().await.unwrap();
        assert_eq!(bank.up(bank.tellers[0]).await, [bank.anna, bank.chief]);
        assert_eq!(bank.up(deputy).await, [bank.chief]);
        assert!(bank.down(deputy).await.is_empty());
        assert_eq!(bank.down(bank.chief).await, [bank.anna, bank.bert, deputy]);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn who_is_not_here_any_more_leads_nobody_and_is_led_by_nobody() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let house = Viewer::system("test");
        for gone in [bank.anna, bank.tellers[2]] {
            person_set_active(&bank.bed.database, &house, gone, false)
                .await
                .unwrap();
        }
        assert_eq!(bank.up(bank.tellers[0]).await, [bank.chief]);
        let led = [bank.bert, bank.tellers[0], bank.tellers[1]];
        assert_eq!(bank.down(bank.chief).await, led);
        assert!(bank.down(bank.anna).await.is_empty());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn a_place_counts_from_its_first_day() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let mut tx = system(&bank.bed.database).await;
        let starts_at = tx.now().plus_seconds(3600);
        let coming = person(&mut tx, "coming").await;
        let new = NewAssignment {
            unit_id: bank.branch,
            person_id: coming,
            role: "Teller".to_owned(),
            is_head: false,
            starts_at,
        };
        assign(&mut tx, new).await.unwrap();
        tx.commit().await.unwrap();
        assert!(bank.up(coming).await.is_empty());
        assert_eq!(bank.down(bank.anna).await.len(), 3);
        bank.bed.clock.advance_seconds(3600);
        assert_eq!(bank.up(coming).await, [bank.anna, bank.chief]);
        assert_eq!(bank.down(bank.anna).await.len(), 4);
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn lists_come_in_pages_with_the_whole_count() {
    on_both_databases(async |bed| {
        let bank = Bank::open(bed).await;
        let reader = bank.reader();
        let mut after = None;
        let mut met = Vec::new();
        for _ in 0..bank.tellers.len() {
            let args = PageArgs::forward(1, after.take()).unwrap();
            let (page, total) = reports(&reader, bank.anna, None, &args).await.unwrap();
            assert_eq!(total, 3);
            after = page.info().end_cursor;
            met.extend(page.items.into_iter().map(|(_, id)| id));
        }
        assert_eq!(met, bank.tellers);
        let nobody = bank.bed.database.reader(&Viewer::anonymous());
        assert!(managers(&nobody, bank.anna).await.is_err());
        let args = PageArgs::forward(1, None).unwrap();
        assert!(reports(&nobody, bank.anna, None, &args).await.is_err());
        bank.bed
    })
    .await;
}

#[tokio::test]
async fn the_depth_of_the_tree_costs_no_statements() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let (mut above, mut deepest) = (None, None);
        for level in 0..12 {
            let next = unit(&mut tx, &format!("level{level}"), above).await.id;
            deepest = Some(seated(&mut tx, &format!("head{level}"), next, true).await);
            above = Some(next);
        }
        tx.commit().await.unwrap();
        let viewer = Viewer::person(deepest.unwrap(), OrganisationRole::Member, None);
        let reader = bed.database.reader(&viewer);
        assert_eq!(managers(&reader, deepest.unwrap()).await.unwrap().len(), 11);
        assert!(viewer.statements() <= 2, "{}", viewer.statements());
        bed
    })
    .await;
}
