//! Who may read what, in memory: one map per node, kept fresh by the journal.
//!
//! People and communities get small numbers; each membership costs eight bytes (one number in each
//! direction), so five million memberships of 300,000 people need about 70 MB. SQL stays the
//! truth: an event only says which rows to read again, so repeated and late events do no harm.
//! What cannot be read again (the database does not answer) is denied until it can.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, RwLock};

use async_trait::async_trait;
use kernel::{CommunityId, Event, PersonId, Position, Result, Viewer};
use platform::live::Observer;
use platform::{Database, Reader, journal};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::events;
use crate::table;

/// Rows read at a time.
const PAGE: usize = 20_000;
/// Events read at a time when catching up.
const EVENTS: u64 = 500;

/// Memberships and visibility of the whole network, for questions that must cost nothing.
pub struct AccessMap {
    database: Database,
    map: RwLock<Map>,
    /// Where the journal stood before loading, until the first observed event closed the gap.
    loaded_at: Mutex<Option<Position>>,
}

#[derive(Default)]
struct Map {
    person_numbers: HashMap<PersonId, u32>,
    people: Vec<PersonId>,
    community_numbers: HashMap<CommunityId, u32>,
    communities: Vec<Community>,
    /// By person: numbers of communities, ascending.
    of_person: Vec<Vec<u32>>,
    /// Not known for sure: denied, and read again at the next event.
    stale: HashSet<CommunityId>,
}

struct Community {
    id: CommunityId,
    is_public: bool,
    /// Numbers of people, ascending.
    members: Vec<u32>,
}

impl std::fmt::Debug for AccessMap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessMap").finish_non_exhaustive()
    }
}

fn insert(list: &mut Vec<u32>, number: u32) {
    if let Err(place) = list.binary_search(&number) {
        list.insert(place, number);
    }
}

fn remove(list: &mut Vec<u32>, number: u32) {
    if let Ok(place) = list.binary_search(&number) {
        list.remove(place);
    }
}

fn next_number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Map {
    fn person(&mut self, id: PersonId) -> u32 {
        if let Some(number) = self.person_numbers.get(&id) {
            return *number;
        }
        let number = next_number(self.people.len());
        self.person_numbers.insert(id, number);
        self.people.push(id);
        self.of_person.push(Vec::new());
        number
    }

    fn community(&mut self, id: CommunityId) -> u32 {
        if let Some(number) = self.community_numbers.get(&id) {
            return *number;
        }
        let number = next_number(self.communities.len());
        self.community_numbers.insert(id, number);
        self.communities.push(Community {
            id,
            is_public: false,
            members: Vec::new(),
        });
        number
    }

    fn community_mut(&mut self, id: CommunityId) -> (u32, &mut Community) {
        let number = self.community(id);
        (number, &mut self.communities[number as usize])
    }

    fn look_up(&self, id: CommunityId) -> Option<(u32, &Community)> {
        let number = *self.community_numbers.get(&id)?;
        self.communities
            .get(number as usize)
            .map(|found| (number, found))
    }

    fn set_public(&mut self, id: CommunityId, is_public: bool) {
        self.community_mut(id).1.is_public = is_public;
    }

    fn set_member(&mut self, id: CommunityId, person: PersonId, is_member: bool) {
        let person = self.person(person);
        let (number, community) = self.community_mut(id);
        let change = if is_member { insert } else { remove };
        change(&mut community.members, person);
        change(&mut self.of_person[person as usize], number);
    }

    /// Appends a membership while loading; [`Map::sort`] puts things in order.
    fn push(&mut self, id: CommunityId, person: PersonId) {
        let person = self.person(person);
        let (number, community) = self.community_mut(id);
        community.members.push(person);
        self.of_person[person as usize].push(number);
    }

    fn sort(&mut self) {
        let lists = self.communities.iter_mut().map(|c| &mut c.members);
        for list in lists.chain(self.of_person.iter_mut()) {
            list.sort_unstable();
            list.dedup();
            list.shrink_to_fit();
        }
    }

    fn replace_members(&mut self, id: CommunityId, people: &[PersonId]) {
        let mut fresh: Vec<u32> = people.iter().map(|person| self.person(*person)).collect();
        fresh.sort_unstable();
        fresh.dedup();
        let (number, community) = self.community_mut(id);
        let old = std::mem::replace(&mut community.members, fresh.clone());
        for person in old.iter().filter(|p| fresh.binary_search(p).is_err()) {
            remove(&mut self.of_person[*person as usize], number);
        }
        for person in fresh.iter().filter(|p| old.binary_search(p).is_err()) {
            insert(&mut self.of_person[*person as usize], number);
        }
    }

    fn is_member(&self, person: PersonId, id: CommunityId) -> bool {
        let person = self.person_numbers.get(&person);
        let lists = person.and_then(|number| self.of_person.get(*number as usize));
        match (lists, self.community_numbers.get(&id)) {
            (Some(list), Some(number)) => {
                list.binary_search(number).is_ok() && !self.stale.contains(&id)
            }
            _ => false,
        }
    }
}

impl AccessMap {
    /// Reads everything once. Call before [`platform::LiveHub::start`]; what happens in between is
    /// caught up with when the first event is observed.
    ///
    /// # Errors
    /// Database errors.
    pub async fn load(database: &Database) -> Result<Self> {
        let reader = system_reader(database);
        let before = journal::head(&reader).await?;
        let map = read_all(&reader).await?;
        Ok(Self {
            database: database.clone(),
            map: RwLock::new(map),
            loaded_at: Mutex::new(Some(before)),
        })
    }

    /// Whether the person may read what is written in the community, at this moment.
    pub fn can_read(&self, person: PersonId, community: CommunityId) -> bool {
        self.map.read().is_ok_and(|map| {
            let is_public = map.look_up(community).is_some_and(|(_, c)| c.is_public);
            (is_public && !map.stale.contains(&community)) || map.is_member(person, community)
        })
    }

    /// Whether the person is a member.
    pub fn is_member(&self, person: PersonId, community: CommunityId) -> bool {
        self.map
            .read()
            .is_ok_and(|map| map.is_member(person, community))
    }

    /// The members of a community, in no particular order.
    pub fn members(&self, community: CommunityId) -> Vec<PersonId> {
        let Ok(map) = self.map.read() else {
            return Vec::new();
        };
        let members = map.look_up(community).map(|(_, c)| c.members.as_slice());
        let numbers = members.unwrap_or_default().iter();
        numbers
            .filter_map(|n| map.people.get(*n as usize).copied())
            .collect()
    }

    /// The communities a person is in, in no particular order.
    pub fn communities_of(&self, person: PersonId) -> Vec<CommunityId> {
        let Ok(map) = self.map.read() else {
            return Vec::new();
        };
        let number = map.person_numbers.get(&person);
        let list = number.and_then(|n| map.of_person.get(*n as usize));
        let numbers = list.map(Vec::as_slice).unwrap_or_default().iter();
        numbers
            .filter_map(|n| map.communities.get(*n as usize).map(|c| c.id))
            .collect()
    }

    fn change(&self, change: impl FnOnce(&mut Map)) {
        match self.map.write() {
            Ok(mut map) => change(&mut map),
            Err(_) => tracing::error!("access map poisoned"),
        }
    }

    /// Reads one community again, members and all.
    async fn reload(&self, id: CommunityId) -> Result<()> {
        let reader = system_reader(&self.database);
        let is_public = read_public(&reader, id).await?;
        let members = read_members(&reader, id).await?;
        self.change(|map| {
            map.set_public(id, is_public);
            map.replace_members(id, &members);
            map.stale.remove(&id);
        });
        Ok(())
    }

    /// Reads again what an event is about.
    async fn refresh(&self, event: &Event) -> Result<()> {
        let Some(id) = touched(event) else {
            return Ok(());
        };
        let reader = system_reader(&self.database);
        match (event.kind.as_str(), event.payload_uuid(events::PERSON)) {
            (events::JOINED | events::LEFT | events::REMOVED, Some(person)) => {
                let person = PersonId(person);
                let is_member = read_member(&reader, id, person).await?;
                self.change(|map| map.set_member(id, person, is_member));
            }
            (events::CHANGED, _) => {
                let is_public = read_public(&reader, id).await?;
                self.change(|map| map.set_public(id, is_public));
            }
            _ => self.reload(id).await?,
        }
        Ok(())
    }

    async fn refresh_or_deny(&self, event: &Event) {
        if let Err(error) = self.refresh(event).await
            && let Some(id) = touched(event)
        {
            tracing::error!(%error, community = %id, "access map cannot read; access is denied meanwhile");
            self.change(|map| {
                map.stale.insert(id);
            });
        }
    }

    /// Reads again what could not be read before.
    async fn mend(&self) {
        let stale: Vec<CommunityId> = match self.map.read() {
            Ok(map) if !map.stale.is_empty() => map.stale.iter().copied().collect(),
            _ => return,
        };
        for id in stale {
            if let Err(error) = self.reload(id).await {
                tracing::error!(%error, community = %id, "access map still cannot read");
            }
        }
    }

    /// Observes what the journal holds between loading and the first live event.
    async fn close_gap(&self, until: Position) {
        let from = match self.loaded_at.lock() {
            Ok(mut loaded_at) => loaded_at.take(),
            Err(_) => None,
        };
        let Some(mut from) = from else { return };
        let reader = system_reader(&self.database);
        while from < until {
            let events = match journal::read(&reader, from, EVENTS).await {
                Ok(events) => events,
                Err(error) => {
                    tracing::error!(%error, "access map cannot catch up; next event tries again");
                    if let Ok(mut loaded_at) = self.loaded_at.lock() {
                        *loaded_at = Some(from);
                    }
                    return;
                }
            };
            let Some(last) = events.last() else { return };
            from = last.position;
            for event in events.iter().filter(|event| event.position < until) {
                self.refresh_or_deny(event).await;
            }
        }
    }
}

#[async_trait]
impl Observer for AccessMap {
    async fn observe(&self, event: &Event) {
        self.close_gap(event.position).await;
        self.mend().await;
        self.refresh_or_deny(event).await;
    }
}

/// The community whose rights an event may have changed.
fn touched(event: &Event) -> Option<CommunityId> {
    let changes_rights = matches!(
        event.kind.as_str(),
        events::CREATED
            | events::CHANGED
            | events::JOINED
            | events::JOINED_MANY
            | events::LEFT
            | events::REMOVED
    );
    if changes_rights {
        event.community()
    } else {
        None
    }
}

fn system_reader(database: &Database) -> Reader {
    database.reader(&Viewer::system("access map"))
}

#[derive(FromQueryResult)]
struct VisibilityRow {
    id: CommunityId,
    is_public: bool,
}

#[derive(FromQueryResult)]
struct MemberRow {
    community_id: CommunityId,
    person_id: PersonId,
}

async fn read_all(reader: &Reader) -> Result<Map> {
    let mut map = Map::default();
    let sql = "SELECT id, visibility = 'public' AS is_public FROM communities";
    for row in table::all::<VisibilityRow, _>(reader, sql, []).await? {
        map.set_public(row.id, row.is_public);
    }
    let sql = format!(
        "SELECT community_id, person_id FROM memberships WHERE (community_id, person_id) > ($1, $2) \
         ORDER BY community_id, person_id LIMIT {PAGE}"
    );
    let mut from = (Uuid::nil(), Uuid::nil());
    loop {
        let values = [from.0.into(), from.1.into()];
        let rows: Vec<MemberRow> = table::all(reader, sql.as_str(), values).await?;
        let Some(last) = rows.last() else { break };
        from = (last.community_id.0, last.person_id.0);
        for row in &rows {
            map.push(row.community_id, row.person_id);
        }
        if rows.len() < PAGE {
            break;
        }
    }
    map.sort();
    Ok(map)
}

async fn read_members(reader: &Reader, id: CommunityId) -> Result<Vec<PersonId>> {
    let sql = format!(
        "SELECT community_id, person_id FROM memberships WHERE community_id = $1 AND person_id > $2 \
         ORDER BY person_id LIMIT {PAGE}"
    );
    let mut members: Vec<PersonId> = Vec::new();
    loop {
        let from = members.last().map_or(Uuid::nil(), |last| last.0);
        let values = [id.into(), from.into()];
        let rows: Vec<MemberRow> = table::all(reader, sql.as_str(), values).await?;
        let is_last = rows.len() < PAGE;
        members.extend(rows.into_iter().map(|row| row.person_id));
        if is_last {
            return Ok(members);
        }
    }
}

async fn read_member(reader: &Reader, id: CommunityId, person: PersonId) -> Result<bool> {
    let sql = "SELECT person_id FROM memberships WHERE community_id = $1 AND person_id = $2";
    let row: Option<table::PersonKey> = table::one(reader, sql, [id.into(), person.into()]).await?;
    Ok(row.is_some())
}

async fn read_public(reader: &Reader, id: CommunityId) -> Result<bool> {
    let sql = "SELECT id, visibility = 'public' AS is_public FROM communities WHERE id = $1";
    let row: Option<VisibilityRow> = table::one(reader, sql, [id.into()]).await?;
    Ok(row.is_some_and(|row| row.is_public))
}

#[cfg(test)]
mod tests {
    use std::mem::size_of;

    use super::*;

    fn bytes(map: &Map) -> usize {
        let lists = map.communities.iter().map(|c| c.members.capacity());
        let lists = lists.chain(map.of_person.iter().map(Vec::capacity));
        let numbers = lists.sum::<usize>() * size_of::<u32>();
        // A hash table has a control byte for each place and keeps an eighth of them free.
        let table = |places: usize, entry: usize| places * 8 / 7 * (entry + 1);
        numbers
            + table(map.person_numbers.capacity(), size_of::<(PersonId, u32)>())
            + table(
                map.community_numbers.capacity(),
                size_of::<(CommunityId, u32)>(),
            )
            + map.people.capacity() * size_of::<PersonId>()
            + map.of_person.capacity() * size_of::<Vec<u32>>()
            + map.communities.capacity() * size_of::<Community>()
    }

    /// A twentieth of 300,000 people with five million memberships: 20 bytes each are 100 MB there.
    #[test]
    fn a_membership_costs_less_than_twenty_bytes() {
        let (people, communities, memberships) = (15_000_u128, 500_u128, 250_000_u128);
        let mut map = Map::default();
        for index in 0..memberships {
            // Both numbers walk through all values, no pair comes twice.
            let person = PersonId(Uuid::from_u128(index % people));
            let community = CommunityId(Uuid::from_u128((index + index / people) % communities));
            map.push(community, person);
        }
        map.sort();
        let stored: usize = map.of_person.iter().map(Vec::len).sum();
        assert_eq!(stored as u128, memberships);
        let each = bytes(&map) / stored;
        assert!(each < 20, "{each} bytes");
    }
}
