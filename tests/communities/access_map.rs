//! The map in memory and the member count agree with the rows, whatever happens.

use std::collections::HashSet;
use std::sync::Arc;

use communities::model::{CommunityChange, CommunityJoining, CommunityRole, CommunityVisibility};
use communities::{AccessMap, NewMember, commands};
use kernel::{CommunityId, PersonId};
use platform::live::Observer;
use platform::{Database, LiveHub};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use testkit::{TestDatabase, on_both_databases};

use crate::support::{
    admin, counts, enrol, events, house, number, outcome, people, public, pump, secret, standing,
    viewer,
};

#[derive(Debug, Clone)]
enum Op {
    Create(usize, usize),
    Join(usize, usize),
    Leave(usize, usize),
    Remove(usize, usize, usize),
    SetRole(usize, usize, usize, usize),
    Invite(usize, usize, usize),
    Accept(usize),
    Show(usize, usize),
    Joining(usize, usize),
    Transfer(usize, usize, usize),
    Many(usize, usize),
    Archive(usize),
}

const PEOPLE: usize = 8;

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let (who, place) = (0..PEOPLE, 0..6_usize);
    let op = prop_oneof![
        1 => (who.clone(), 0..3_usize).prop_map(|(a, v)| Op::Create(a, v)),
        6 => (who.clone(), place.clone()).prop_map(|(a, c)| Op::Join(a, c)),
        3 => (who.clone(), place.clone()).prop_map(|(a, c)| Op::Leave(a, c)),
        3 => (who.clone(), place.clone(), who.clone()).prop_map(|(a, c, b)| Op::Remove(a, c, b)),
        2 => (who.clone(), place.clone(), who.clone(), 0..3_usize)
            .prop_map(|(a, c, b, r)| Op::SetRole(a, c, b, r)),
        3 => (who.clone(), place.clone(), who.clone()).prop_map(|(a, c, b)| Op::Invite(a, c, b)),
        2 => who.clone().prop_map(Op::Accept),
        2 => (place.clone(), 0..3_usize).prop_map(|(c, v)| Op::Show(c, v)),
        1 => (place.clone(), 0..3_usize).prop_map(|(c, j)| Op::Joining(c, j)),
        1 => (who.clone(), place.clone(), who).prop_map(|(a, c, b)| Op::Transfer(a, c, b)),
        1 => (place.clone(), 0..PEOPLE).prop_map(|(c, n)| Op::Many(c, n)),
        1 => place.prop_map(Op::Archive),
    ];
    prop::collection::vec(op, 240)
}

struct World {
    db: Database,
    people: Vec<PersonId>,
    communities: Vec<CommunityId>,
}

impl World {
    /// Somebody who may change the settings of a community, if it still has one in the world.
    async fn owner(&self, id: CommunityId) -> Option<PersonId> {
        for person in &self.people {
            let role = crate::support::role(&self.db, *person, id).await;
            if role == Some(CommunityRole::Owner) {
                return Some(*person);
            }
        }
        None
    }

    /// Does it, allowed or not; the rules decide.
    async fn apply(&mut self, op: &Op) {
        let db = &self.db;
        let who = |index: &usize| viewer(self.people[*index]);
        let at = |index: &usize| self.communities[index % self.communities.len()];
        match op {
            Op::Create(a, v) => {
                let new = communities::NewCommunity {
                    visibility: CommunityVisibility::ALL[*v],
                    ..communities::NewCommunity::named("Place")
                };
                let id = commands::create(db, &who(a), new).await.unwrap();
                self.communities.push(id);
            }
            Op::Join(a, c) => drop(commands::join(db, &who(a), at(c), None).await),
            Op::Leave(a, c) => drop(commands::leave(db, &who(a), at(c)).await),
            Op::Remove(a, c, b) => {
                drop(commands::remove_member(db, &who(a), at(c), self.people[*b]).await);
            }
            Op::SetRole(a, c, b, r) => {
                let role = CommunityRole::ALL[*r];
                drop(commands::set_role(db, &who(a), at(c), self.people[*b], role).await);
            }
            Op::Invite(a, c, b) => {
                drop(commands::invite(db, &who(a), at(c), &[self.people[*b]]).await);
            }
            Op::Accept(a) => {
                let reader = db.reader(&who(a));
                let open = communities::queries::invitations(&reader).await.unwrap();
                if let Some(first) = open.first() {
                    drop(commands::decide_invitation(db, &who(a), first.id, true).await);
                }
            }
            Op::Show(c, v) => {
                let change = CommunityChange {
                    visibility: Some(CommunityVisibility::ALL[*v]),
                    ..CommunityChange::default()
                };
                if let Some(owner) = self.owner(at(c)).await {
                    drop(commands::update(db, &viewer(owner), at(c), change).await);
                }
            }
            Op::Joining(c, j) => {
                let change = CommunityChange {
                    joining: Some(CommunityJoining::ALL[*j]),
                    ..CommunityChange::default()
                };
                if let Some(owner) = self.owner(at(c)).await {
                    drop(commands::update(db, &viewer(owner), at(c), change).await);
                }
            }
            Op::Transfer(a, c, b) => {
                drop(commands::transfer_ownership(db, &who(a), at(c), self.people[*b]).await);
            }
            Op::Many(c, n) => {
                let mut tx = db.begin(&house()).await.unwrap();
                let since = tx.now();
                let role = CommunityRole::Member;
                let batch: Vec<NewMember> = self.people[..*n]
                    .iter()
                    .map(|person| NewMember {
                        person: *person,
                        role,
                        since,
                    })
                    .collect();
                if commands::join_many(&mut tx, at(c), &batch).await.unwrap() > 0 {
                    tx.commit().await.unwrap();
                }
            }
            Op::Archive(c) => {
                let archived = standing(db, &house(), at(c))
                    .await
                    .unwrap()
                    .community
                    .is_archived;
                drop(commands::set_archived(db, &house(), at(c), !archived).await);
            }
        }
    }

    async fn check(&self, map: &AccessMap, step: usize) {
        for id in &self.communities {
            let (stored, rows) = counts(&self.db, *id).await;
            assert_eq!(stored, rows, "member count after step {step}");
            assert!(
                self.owner(*id).await.is_some(),
                "an owner after step {step}"
            );
            let mut members = HashSet::new();
            for person in &self.people {
                let row = standing(&self.db, &viewer(*person), *id).await.ok();
                let reads = row.is_some_and(|s| s.can_read());
                assert_eq!(map.can_read(*person, *id), reads, "after step {step}");
                let is_member = row.is_some_and(|s| s.role.is_some());
                assert_eq!(map.is_member(*person, *id), is_member, "after step {step}");
                assert_eq!(map.communities_of(*person).contains(id), is_member);
                if is_member {
                    members.insert(*person);
                }
            }
            assert_eq!(
                map.members(*id).into_iter().collect::<HashSet<_>>(),
                members
            );
        }
    }
}

async fn random_changes(bed: TestDatabase) -> TestDatabase {
    let db = bed.database.clone();
    let people = people(&db, PEOPLE).await;
    let communities = vec![
        public(&db, people[0], "Place").await,
        secret(&db, people[1], "Nook").await,
    ];
    let map = Arc::new(AccessMap::load(&db).await.unwrap());
    let hub = LiveHub::new(db.clone());
    hub.observe(map.clone());
    // Something happens between loading and the start of live delivery.
    enrol(&db, communities[0], &[(people[2], CommunityRole::Member)]).await;
    hub.start().await.unwrap();
    let mut world = World {
        db,
        people,
        communities,
    };
    let mut runner = TestRunner::deterministic();
    let ops = ops().new_tree(&mut runner).unwrap().current();
    for (step, op) in ops.iter().enumerate() {
        world.apply(op).await;
        if step % 8 == 7 {
            pump(&world.db, &hub).await;
            world.check(&map, step).await;
        }
    }
    // Hearing everything once more changes nothing.
    for event in events(&world.db).await {
        map.observe(&event).await;
    }
    world.check(&map, ops.len()).await;
    let fresh = AccessMap::load(&world.db).await.unwrap();
    world.check(&fresh, ops.len()).await;
    bed
}

#[tokio::test]
async fn map_and_counts_agree_with_sql_after_random_changes() {
    on_both_databases(random_changes).await;
}

#[tokio::test]
async fn losing_access_shows_before_the_event_is_handed_on() {
    on_both_databases(|bed| async move {
        let db = &bed.database;
        let [anna, ben, cleo] = people(db, 3).await[..].try_into().unwrap();
        let id = public(db, anna, "Garden").await;
        let map = Arc::new(AccessMap::load(db).await.unwrap());
        let hub = LiveHub::new(db.clone());
        hub.observe(map.clone());
        hub.start().await.unwrap();
        assert!(map.can_read(ben, id), "public");
        let change = CommunityChange {
            visibility: Some(CommunityVisibility::Private),
            ..CommunityChange::default()
        };
        commands::update(db, &viewer(anna), id, change)
            .await
            .unwrap();
        pump(db, &hub).await;
        assert!(!map.can_read(ben, id) && map.can_read(anna, id));
        enrol(db, id, &[(ben, CommunityRole::Member)]).await;
        pump(db, &hub).await;
        assert!(map.can_read(ben, id));
        commands::remove_member(db, &viewer(anna), id, ben)
            .await
            .unwrap();
        pump(db, &hub).await;
        assert!(!map.can_read(ben, id));
        // An administrator is nobody special to the map.
        assert_eq!(outcome(&standing(db, &admin(cleo), id).await), "ok");
        assert!(!map.can_read(cleo, id));
        bed
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_again_is_denied() {
    let bed = TestDatabase::sqlite().await;
    let db = &bed.database;
    let [anna, ben] = people(db, 2).await[..].try_into().unwrap();
    let (id, other) = (
        public(db, anna, "Garden").await,
        public(db, anna, "Park").await,
    );
    enrol(db, id, &[(ben, CommunityRole::Member)]).await;
    let map = AccessMap::load(db).await.unwrap();
    let joined = events(db)
        .await
        .into_iter()
        .rfind(|e| e.kind == "membership.joined")
        .unwrap();
    map.observe(&joined).await;
    assert!(map.can_read(ben, id));
    db.close().await.unwrap();
    map.observe(&joined).await;
    assert!(!map.can_read(ben, id) && !map.can_read(anna, id));
    assert!(map.can_read(ben, other), "only what is in doubt");
}

/// A question costs two look-ups; five million memberships fit into the documented memory.
#[tokio::test]
async fn members_of_large_communities_are_all_there() {
    let bed = TestDatabase::sqlite().await;
    let db = &bed.database;
    let crowd = people(db, 2_500).await;
    let id = public(db, crowd[0], "Everybody").await;
    let all: Vec<_> = crowd
        .iter()
        .map(|person| (*person, CommunityRole::Member))
        .collect();
    enrol(db, id, &all).await;
    let map = AccessMap::load(db).await.unwrap();
    assert_eq!(map.members(id).len(), 2_500);
    assert!(crowd.iter().all(|person| map.is_member(*person, id)));
    let rows = "SELECT COUNT(*) AS number FROM memberships";
    assert_eq!(number(db, rows, vec![]).await, 2_500);
    bed.close().await;
}
