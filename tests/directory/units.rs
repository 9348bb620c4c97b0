//! A unit as the chart shows it: pages of units below, how many people, when it is open, who may change that.

use directory::commands::{calendar_save, stand_in_name, unit_set_times};
use directory::policy::leads_line;
use directory::queries::{child_counts, children_page, opening, people_counts, units};
use directory::{OrgUnit, UnitTimes};
use kernel::{OrgUnitId, OrganisationRole, PageArgs, PersonId, Viewer};
use testkit::on_both_databases;

use crate::{person, place, system, unit};

fn member(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

#[tokio::test]
async fn units_below_come_in_pages_by_name_each_once() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let top = unit(&mut tx, "top", None).await.id;
        for code in ["c", "a", "e", "b", "d"] {
            unit(&mut tx, code, Some(top)).await;
        }
        tx.commit().await.unwrap();
        let reader = bed.database.reader(&Viewer::system("test"));
        let mut after = None;
        let mut met: Vec<String> = Vec::new();
        loop {
            let args = PageArgs::forward(2, after.take()).unwrap();
            let (page, total) = children_page(&reader, top, &args).await.unwrap();
            assert_eq!(total, 5);
            let info = page.info();
            met.extend(page.items.into_iter().map(|(_, unit)| unit.name));
            if !info.has_next_page {
                break;
            }
            after = info.end_cursor;
        }
        assert_eq!(met, ["a", "b", "c", "d", "e"]);
        let foreign = kernel::Cursor::key(PersonId::at(reader.now()).0).encode();
        let args = PageArgs::forward(2, Some(foreign)).unwrap();
        assert!(children_page(&reader, top, &args).await.is_err());
        let nobody = bed.database.reader(&Viewer::anonymous());
        let args = PageArgs::forward(2, None).unwrap();
        assert!(children_page(&nobody, top, &args).await.is_err());
        assert!(people_counts(&nobody, &[top]).await.is_err());
        bed
    })
    .await;
}

#[tokio::test]
async fn a_unit_counts_everybody_below_once_and_nobody_who_left() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let top = unit(&mut tx, "top", None).await.id;
        let left = unit(&mut tx, "left", Some(top)).await.id;
        let right = unit(&mut tx, "right", Some(top)).await.id;
        let empty = unit(&mut tx, "empty", Some(right)).await.id;
        let both = person(&mut tx, "both").await;
        place(&mut tx, left, both, true).await;
        place(&mut tx, right, both, false).await;
        let gone = person(&mut tx, "gone").await;
        place(&mut tx, right, gone, false).await;
        let third = person(&mut tx, "third").await;
        place(&mut tx, right, third, false).await;
        tx.commit().await.unwrap();
        let house = Viewer::system("test");
        identity::commands::person_set_active(&bed.database, &house, gone, false)
            .await
            .unwrap();
        let reader = bed.database.reader(&house);
        let of = |found: Vec<directory::queries::UnitNumber>, id: OrgUnitId| {
            let one = found.into_iter().find(|one| one.unit_id == id);
            one.map(|one| one.number)
        };
        let all = [top, left, right, empty];
        let people = people_counts(&reader, &all).await.unwrap();
        assert_eq!(
            all.map(|id| of(people.clone(), id)),
            [Some(2), Some(1), Some(2), None]
        );
        let children = child_counts(&reader, &all).await.unwrap();
        assert_eq!(
            all.map(|id| of(children.clone(), id)),
            [Some(2), None, Some(1), None]
        );
        bed
    })
    .await;
}

#[tokio::test]
async fn what_a_unit_does_not_say_itself_it_has_from_the_next_above() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let top = unit(&mut tx, "top", None).await;
        let middle = unit(&mut tx, "middle", Some(top.id)).await;
        let branch = unit(&mut tx, "branch", Some(middle.id)).await;
        tx.commit().await.unwrap();
        let house = Viewer::system("test");
        let reader = bed.database.reader(&house);
        let open = async |unit: &OrgUnit| {
            let unit = units(&reader, &[unit.id]).await.unwrap().pop().unwrap();
            opening(&reader, unit).await.unwrap()
        };
        let before = open(&branch).await;
        assert_eq!(before.time_zone, "Europe/Berlin");
        assert_eq!(before.weekly, "mo-fr 09:00-17:00");
        assert_eq!(before.time_zone_from, None);
        assert_eq!(before.calendar, None);

        let days = [("2026-12-25".to_owned(), "Christmas".to_owned())];
        let calendar = calendar_save(&bed.database, &house, "Bayern", &days)
            .await
            .unwrap();
        let set = async |unit: &OrgUnit, zone: Option<&str>, hours: Option<&str>, calendar| {
            let times = UnitTimes {
                time_zone: zone.map(str::to_owned),
                opening_hours: hours.map(str::to_owned),
                calendar_id: calendar,
            };
            unit_set_times(&bed.database, &house, unit.id, &times)
                .await
                .unwrap();
        };
        set(
            &top,
            Some("Asia/Kolkata"),
            Some("mo-sa 08:00-12:00"),
            Some(calendar),
        )
        .await;
        set(&middle, None, Some("tu 10:00-11:00"), None).await;
        let now = open(&branch).await;
        assert_eq!(now.time_zone, "Asia/Kolkata");
        assert_eq!(now.time_zone_from.unwrap().id, top.id);
        assert_eq!(now.weekly, "tu 10:00-11:00");
        assert_eq!(now.weekly_from.unwrap().id, middle.id);
        assert_eq!(now.calendar.unwrap().days, days);
        assert_eq!(now.calendar_from.unwrap().id, top.id);
        bed
    })
    .await;
}

#[tokio::test]
async fn heads_of_the_line_and_admins_name_stand_ins_but_not_who_stands_in() {
    on_both_databases(async |bed| {
        let mut tx = system(&bed.database).await;
        let top = unit(&mut tx, "top", None).await.id;
        let branch = unit(&mut tx, "branch", Some(top)).await.id;
        let [chief, head, teller, deputy] = [
            person(&mut tx, "chief").await,
            person(&mut tx, "head").await,
            person(&mut tx, "teller").await,
            person(&mut tx, "deputy").await,
        ];
        place(&mut tx, top, chief, true).await;
        place(&mut tx, branch, head, true).await;
        place(&mut tx, branch, teller, false).await;
        tx.commit().await.unwrap();
        let ends_at = bed.database.now().plus_seconds(86_400);
        stand_in_name(&bed.database, &member(head), branch, deputy, None, ends_at)
            .await
            .unwrap();
        for wrong in [bed.database.now(), ends_at.plus_seconds(400 * 86_400)] {
            let refused = stand_in_name(&bed.database, &member(head), branch, deputy, None, wrong)
                .await
                .unwrap_err();
            assert_eq!(refused.reason(), "STAND_IN_RANGE");
        }
        let may = async |viewer: Viewer, unit| {
            let reader = bed.database.reader(&viewer);
            leads_line(&reader, unit).await.unwrap()
        };
        assert!(may(member(chief), branch).await);
        assert!(may(member(head), branch).await);
        assert!(!may(member(head), top).await);
        assert!(!may(member(teller), branch).await);
        assert!(!may(member(deputy), branch).await);
        assert!(!may(Viewer::anonymous(), branch).await);
        let admin = Viewer::person(teller, OrganisationRole::NetworkAdmin, None);
        assert!(may(admin, top).await);
        bed
    })
    .await;
}
