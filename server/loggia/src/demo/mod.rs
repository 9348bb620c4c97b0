//! The invented bank of `loggia demo`: sixty people, a tree, communities and three weeks of talk.
//!
//! Everything is done through the same doors people use, each act by the person who does it, with a
//! clock that walks through the three weeks; so the demo is also a long test of those doors.

mod line;
mod people;
mod places;
mod profiles;
mod threads;

use std::collections::HashMap;

use anyhow::Context as _;
use communities::model::{CommunityRole, NewCommunity, NewMember};
use content::model::{NewReply, PostKind};
use directory::commands::{NewAssignment, NewUnit};
use identity::NewPerson;
use identity::model::{Password, PasswordHash, PasswordOwner};
use kernel::{
    Clock, CommunityId, ContentId, DispatchId, EventId, OrgUnitId, OrganisationRole, PersonId,
    PostId, Timestamp, Viewer,
};
use platform::Database;
use posts::model::{IdeaState, PollInput, PostInput, PraiseInput};

use people::{LOGINS, PEOPLE, UNITS};
use places::{Members, PLACES, Place};
use threads::{IdeaStep, Kind, THREADS, Thread};

/// The password of the logins.
pub const PASSWORD: &str = "lindenbank-demo";
/// How long before now the bank opens its network.
const OPENED_HOURS_AGO: i64 = 24 * 21;

/// A login to look around with.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Login {
    /// Handle to sign in with.
    pub handle: String,
    /// What the person is.
    pub is: &'static str,
}

/// The logins to look around with.
pub fn logins() -> Vec<Login> {
    LOGINS
        .iter()
        .map(|(handle, is)| Login {
            handle: (*handle).to_owned(),
            is,
        })
        .collect()
}

/// Creates the bank in an empty, migrated database.
///
/// # Errors
/// Database errors; a refused act is a fault of the demo's texts.
pub async fn create(
    database: &Database,
    clock: &Clock,
    now: Timestamp,
    say: impl Fn(&str),
) -> anyhow::Result<()> {
    let mut bank = Bank {
        database,
        clock,
        people: Vec::new(),
        by_handle: HashMap::new(),
        places: HashMap::new(),
        units: HashMap::new(),
        must_read: None,
    };
    say("people");
    bank.hire().await?;
    say("the organisation's tree");
    bank.build_tree().await?;
    say("profiles");
    bank.fill_profiles().await?;
    say("communities");
    bank.found_communities().await?;
    let mut acts = bank.acts(now);
    acts.extend(line::story(now).map(|(at, step)| (at, Act::Line(step))));
    acts.sort_by_key(|(at, _)| *at);
    let total = acts.len();
    let mut posts: HashMap<usize, PostId> = HashMap::new();
    let mut replies: HashMap<(usize, usize), ContentId> = HashMap::new();
    for (done, (at, act)) in acts.into_iter().enumerate() {
        let present = clock.now();
        clock.advance_seconds(at.seconds_since(present).max(0));
        bank.perform(act, &mut posts, &mut replies).await?;
        if done % 25 == 0 {
            say(&format!("{done} of {total} acts"));
        }
    }
    Ok(())
}

struct Bank<'a> {
    database: &'a Database,
    clock: &'a Clock,
    people: Vec<PersonId>,
    by_handle: HashMap<String, usize>,
    places: HashMap<&'static str, (CommunityId, Vec<usize>)>,
    units: HashMap<&'static str, OrgUnitId>,
    /// The dispatch of the story on the line, once it was sent.
    must_read: Option<DispatchId>,
}

enum Act {
    Post(usize),
    Reply(usize, usize),
    React {
        thread: usize,
        reply: Option<usize>,
        emoji: &'static str,
        person: usize,
    },
    VoteIdea {
        thread: usize,
        person: usize,
    },
    VotePoll {
        thread: usize,
        person: usize,
        option: usize,
    },
    SetIdea(usize),
    BestAnswer(usize),
    Pin(usize),
    Line(line::Step),
}

fn handle_of(name: &str) -> String {
    richtext::slugify(name, 60).replace('-', ".")
}

/// A small number that is always the same for the same question.
fn pick(seed: usize, step: usize, range: usize) -> usize {
    let mixed = seed
        .wrapping_mul(2_654_435_761)
        .wrapping_add(step.wrapping_mul(40_503))
        .rotate_left(7);
    (mixed ^ (mixed >> 11)) % range.max(1)
}

fn client_id(at: Timestamp) -> String {
    EventId::at(at).uuid().to_string()
}

impl Bank<'_> {
    fn viewer(&self, person: usize) -> anyhow::Result<Viewer> {
        let id = self.people.get(person).copied().context("nobody")?;
        Ok(Viewer::person(id, OrganisationRole::Member, None))
    }

    fn person(&self, handle: &str) -> anyhow::Result<usize> {
        self.by_handle
            .get(handle)
            .copied()
            .with_context(|| format!("nobody is called {handle}"))
    }

    async fn hire(&mut self) -> anyhow::Result<()> {
        let owner = PasswordOwner {
            handle: "demo",
            name: "Demo",
            email: None,
        };
        let password = Password::parse("password", PASSWORD, owner)
            .map_err(|problem| anyhow::anyhow!(problem.message))?;
        let hash = PasswordHash::of(&password).await?;
        let mut tx = self.database.begin(&Viewer::system("demo")).await?;
        identity::commands::create_organisation(&mut tx, "Lindenbank").await?;
        for (index, somebody) in PEOPLE.iter().enumerate() {
            let handle = handle_of(somebody.name);
            let login = LOGINS.iter().find(|(known, _)| *known == handle);
            let is_admin = login.is_some_and(|(_, is)| is.contains("administrator"));
            let id = identity::commands::create_person(
                &mut tx,
                NewPerson {
                    handle: handle.clone(),
                    name: somebody.name.to_owned(),
                    email: Some(format!("{handle}@lindenbank.example")),
                    title: somebody.title.to_owned(),
                    location: place_of(somebody.unit).to_owned(),
                    role: if is_admin {
                        OrganisationRole::NetworkAdmin
                    } else {
                        OrganisationRole::Member
                    },
                    locale: somebody.locale.to_owned(),
                    time_zone: "Europe/Berlin".to_owned(),
                    password: login.map(|_| hash.clone()),
                    imported: true,
                    ..NewPerson::default()
                },
            )
            .await
            .with_context(|| format!("hiring {}", somebody.name))?;
            self.people.push(id);
            self.by_handle.insert(handle, index);
        }
        communities::commands::add_to_all_company(&mut tx, &self.people).await?;
        let all = communities::commands::ensure_all_company(&mut tx)
            .await?
            .context("no all-company community")?;
        self.places
            .insert("alle", (all, (0..PEOPLE.len()).collect()));
        tx.commit().await?;
        // Who may announce to everybody: the board and the communication team.
        let admin = self.viewer_as_admin()?;
        for handle in [
            "henrike.lindner",
            "matthias.brandt",
            "aylin.demirci",
            "johanna.petersen",
            "mirjam.vogel",
        ] {
            let person = self.people[self.person(handle)?];
            communities::commands::set_role(
                self.database,
                &admin,
                all,
                person,
                CommunityRole::Moderator,
            )
            .await?;
        }
        Ok(())
    }

    /// The network's administrator, who owns the all-company community.
    fn viewer_as_admin(&self) -> anyhow::Result<Viewer> {
        let person = self.people[self.person(LOGINS[0].0)?];
        Ok(Viewer::person(person, OrganisationRole::NetworkAdmin, None))
    }

    async fn build_tree(&mut self) -> anyhow::Result<()> {
        let mut tx = self.database.begin(&Viewer::system("demo")).await?;
        let mut units: HashMap<&'static str, OrgUnitId> = HashMap::new();
        for (code, parent, kind, name) in UNITS {
            let unit = NewUnit {
                parent_id: units.get(parent).copied(),
                code: code.to_owned(),
                name: name.to_owned(),
                kind: directory::OrgUnitKind::parse(kind)?,
            };
            units.insert(
                code,
                directory::commands::create_unit(&mut tx, unit).await?.id,
            );
        }
        for (somebody, person) in PEOPLE.iter().zip(&self.people) {
            let assignment = NewAssignment {
                unit_id: *units
                    .get(somebody.unit)
                    .with_context(|| format!("no unit {}", somebody.unit))?,
                person_id: *person,
                role: somebody.title.to_owned(),
                is_head: somebody.is_head,
                starts_at: tx.now(),
            };
            directory::commands::assign(&mut tx, assignment).await?;
        }
        tx.commit().await?;
        self.units = units;
        Ok(())
    }

    async fn found_communities(&mut self) -> anyhow::Result<()> {
        let admin = self.viewer_as_admin()?;
        for place in &PLACES {
            self.clock.advance_seconds(600);
            let owner = self.person(place.owner)?;
            let mut tx = self.database.begin(&Viewer::system("demo")).await?;
            let new = NewCommunity {
                description: place.description.to_owned(),
                visibility: place.visibility,
                joining: place.joining,
                posting: place.posting,
                topics: place
                    .topics
                    .iter()
                    .map(|topic| (*topic).to_owned())
                    .collect(),
                ..NewCommunity::named(place.name)
            };
            let at = tx.now();
            let id = communities::commands::create_in(&mut tx, self.people[owner], new, at).await?;
            let (members, rows) = self.members_of(place, owner, at)?;
            communities::commands::join_many(&mut tx, id, &rows).await?;
            tx.commit().await?;
            if place.is_official {
                communities::commands::set_official(self.database, &admin, id, true).await?;
            }
            self.places.insert(place.key, (id, members));
        }
        Ok(())
    }

    fn members_of(
        &self,
        place: &Place,
        owner: usize,
        since: Timestamp,
    ) -> anyhow::Result<(Vec<usize>, Vec<NewMember>)> {
        let moderators = place.moderators.iter().map(|handle| self.person(handle));
        let moderators = moderators.collect::<anyhow::Result<Vec<_>>>()?;
        let belongs = |index: usize| match place.members {
            Members::Units(codes) => codes
                .iter()
                .any(|code| PEOPLE[index].unit.starts_with(code)),
            Members::Some { every, from } => index % every == from,
            Members::Staff => false,
        };
        // Whoever writes there is a member, too.
        let writers = THREADS.iter().filter(|thread| thread.place == place.key);
        let writers = writers.flat_map(|thread| {
            std::iter::once(thread.author).chain(thread.replies.iter().map(|reply| reply.1))
        });
        let writers = writers
            .map(|handle| self.person(handle))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let members: Vec<usize> = (0..PEOPLE.len())
            .filter(|index| {
                belongs(*index)
                    || *index == owner
                    || moderators.contains(index)
                    || writers.contains(index)
            })
            .collect();
        let rows = members
            .iter()
            .filter(|index| **index != owner)
            .map(|index| NewMember {
                person: self.people[*index],
                role: if moderators.contains(index) {
                    CommunityRole::Moderator
                } else {
                    CommunityRole::Member
                },
                since,
            });
        let rows = rows.collect();
        Ok((members, rows))
    }

    fn acts(&self, now: Timestamp) -> Vec<(Timestamp, Act)> {
        let mut acts = Vec::new();
        for (number, thread) in THREADS.iter().enumerate() {
            let posted = now.plus_seconds(-thread.hours_ago * 3600);
            let latest = now.plus_seconds(-60);
            let soon = |minutes: i64| posted.plus_seconds(minutes * 60).min(latest);
            acts.push((posted, Act::Post(number)));
            let members = self
                .places
                .get(thread.place)
                .map_or(0, |(_, members)| members.len());
            for (place, reply) in thread.replies.iter().enumerate() {
                acts.push((soon(reply.0), Act::Reply(number, place)));
                for person in some_of(number * 31 + place, reply.3, members) {
                    let emoji = ["👍", "❤️", "👏"][pick(place, person, 3)];
                    let act = Act::React {
                        thread: number,
                        reply: Some(place),
                        emoji,
                        person,
                    };
                    acts.push((soon(reply.0 + 5 + i64::try_from(person).unwrap_or(0)), act));
                }
            }
            for (emoji, count) in thread.reactions {
                for person in some_of(number * 17 + emoji.len(), *count, members) {
                    let act = Act::React {
                        thread: number,
                        reply: None,
                        emoji,
                        person,
                    };
                    acts.push((soon(3 + 2 * i64::try_from(person).unwrap_or(0)), act));
                }
            }
            match &thread.kind {
                Kind::Question(Some(_)) => acts.push((soon(400), Act::BestAnswer(number))),
                Kind::Idea(votes, step) => {
                    for person in some_of(number, *votes, members) {
                        acts.push((
                            soon(20 + i64::try_from(person).unwrap_or(0)),
                            Act::VoteIdea {
                                thread: number,
                                person,
                            },
                        ));
                    }
                    if step.is_some() {
                        acts.push((soon(600), Act::SetIdea(number)));
                    }
                }
                Kind::Poll(options, ..) => {
                    for person in some_of(number, members * 2 / 3, members) {
                        let option = pick(number, person, options.len());
                        let act = Act::VotePoll {
                            thread: number,
                            person,
                            option,
                        };
                        acts.push((soon(10 + 3 * i64::try_from(person).unwrap_or(0)), act));
                    }
                }
                _ => {}
            }
            if thread.is_pinned {
                acts.push((soon(5), Act::Pin(number)));
            }
        }
        acts
    }

    fn place(&self, thread: &Thread) -> anyhow::Result<&(CommunityId, Vec<usize>)> {
        self.places
            .get(thread.place)
            .with_context(|| format!("no community {}", thread.place))
    }

    async fn perform(
        &mut self,
        act: Act,
        posts: &mut HashMap<usize, PostId>,
        replies: &mut HashMap<(usize, usize), ContentId>,
    ) -> anyhow::Result<()> {
        let database = self.database;
        let post_of = |number: &usize| {
            posts
                .get(number)
                .copied()
                .context("the post is not there yet")
        };
        match act {
            Act::Line(step) => {
                let mut sent = self.must_read;
                self.take_line_step(step, &mut sent)
                    .await
                    .with_context(|| format!("{step:?} on the line"))?;
                self.must_read = sent;
            }
            Act::Post(number) => {
                let thread = &THREADS[number];
                let author = self.viewer(self.person(thread.author)?)?;
                let input = self.post_input(thread)?;
                let what = || format!("{} writes in {}", thread.author, thread.place);
                let id = posts::commands::create(database, &author, input)
                    .await
                    .with_context(what)?;
                posts.insert(number, id);
            }
            Act::Reply(number, place) => {
                let (_, author, body, _) = THREADS[number].replies[place];
                let viewer = self.viewer(self.person(author)?)?;
                let reply = NewReply {
                    client_id: client_id(self.clock.now()),
                    post: post_of(&number)?,
                    parent: None,
                    body: body.to_owned(),
                    attachments: Vec::new(),
                    draft: None,
                };
                let what = || format!("{author} replies in {}", THREADS[number].place);
                let written = content::commands::create_reply(database, &viewer, reply)
                    .await
                    .with_context(what)?;
                replies.insert((number, place), written.id);
            }
            Act::React {
                thread,
                reply,
                emoji,
                person,
            } => {
                let target = match reply {
                    Some(place) => replies.get(&(thread, place)).copied(),
                    None => Some(post_of(&thread)?.into()),
                };
                let (_, members) = self.place(&THREADS[thread])?;
                let viewer = self.viewer(members[person])?;
                if let Some(target) = target {
                    content::commands::react(database, &viewer, target, emoji, true).await?;
                }
            }
            Act::VoteIdea { thread, person } => {
                let (_, members) = self.place(&THREADS[thread])?;
                posts::commands::idea_vote(
                    database,
                    &self.viewer(members[person])?,
                    post_of(&thread)?,
                    true,
                )
                .await?;
            }
            Act::VotePoll {
                thread,
                person,
                option,
            } => {
                let (_, members) = self.place(&THREADS[thread])?;
                let viewer = self.viewer(members[person])?;
                let post = post_of(&thread)?;
                let poll = posts::queries::poll(&database.reader(&viewer), post).await?;
                let options = poll.map(|poll| poll.choices).unwrap_or_default();
                if let Some(chosen) = options.get(option) {
                    posts::commands::poll_vote(database, &viewer, post, &[chosen.id]).await?;
                }
            }
            Act::SetIdea(number) => {
                let Kind::Idea(_, Some((step, reason))) = THREADS[number].kind else {
                    return Ok(());
                };
                let owner = PLACES
                    .iter()
                    .find(|place| place.key == THREADS[number].place)
                    .map(|place| place.owner);
                let viewer = self.viewer(self.person(owner.unwrap_or_default())?)?;
                let state = match step {
                    IdeaStep::Planned => IdeaState::Planned,
                    IdeaStep::Done => IdeaState::Done,
                    IdeaStep::Declined => IdeaState::Declined,
                };
                posts::commands::idea_set_state(
                    database,
                    &viewer,
                    post_of(&number)?,
                    state,
                    reason,
                )
                .await?;
            }
            Act::BestAnswer(number) => {
                let Kind::Question(Some(place)) = THREADS[number].kind else {
                    return Ok(());
                };
                let viewer = self.viewer(self.person(THREADS[number].author)?)?;
                let answer = replies
                    .get(&(number, place))
                    .map(|id| kernel::ReplyId(id.0));
                posts::commands::best_answer_set(database, &viewer, post_of(&number)?, answer)
                    .await?;
            }
            Act::Pin(number) => {
                let viewer = self.viewer(self.person(THREADS[number].author)?)?;
                posts::commands::set_pinned(database, &viewer, post_of(&number)?, true).await?;
            }
        }
        Ok(())
    }

    fn post_input(&self, thread: &Thread) -> anyhow::Result<PostInput> {
        let (community, _) = self.place(thread)?;
        let (kind, poll, praise) = match &thread.kind {
            Kind::Discussion => (PostKind::Discussion, None, None),
            Kind::Question(_) => (PostKind::Question, None, None),
            Kind::Announcement => (PostKind::Announcement, None, None),
            Kind::Idea(..) => (PostKind::Idea, None, None),
            Kind::Praise(badge, handles) => {
                let people = handles
                    .iter()
                    .map(|handle| Ok(self.people[self.person(handle)?]));
                let person_ids = people.collect::<anyhow::Result<Vec<_>>>()?;
                (
                    PostKind::Praise,
                    None,
                    Some(PraiseInput {
                        badge: *badge,
                        person_ids,
                    }),
                )
            }
            Kind::Poll(options, is_multiple_choice, is_anonymous, hours) => {
                let poll = PollInput {
                    options: options.iter().map(|option| (*option).to_owned()).collect(),
                    is_multiple_choice: *is_multiple_choice,
                    is_anonymous: *is_anonymous,
                    closes_at: Some(self.clock.now().plus_seconds(hours * 3600)),
                };
                (PostKind::Poll, Some(poll), None)
            }
        };
        Ok(PostInput {
            audience: None,
            client_id: client_id(self.clock.now()),
            community: *community,
            kind,
            title: thread.title.to_owned(),
            body: thread.body.to_owned(),
            topics: Vec::new(),
            attachments: Vec::new(),
            poll,
            praise,
            scheduled_for: None,
            draft: None,
        })
    }
}

/// `count` different numbers below `range`, always the same for the same seed.
fn some_of(seed: usize, count: usize, range: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..range).collect();
    for place in 0..range {
        all.swap(place, place + pick(seed, place, range - place));
    }
    all.truncate(count);
    all
}

/// Where the people of a unit work.
fn place_of(unit: &str) -> &'static str {
    let name = UNITS
        .iter()
        .find(|(code, ..)| *code == unit)
        .map_or("", |(.., name)| *name);
    name.strip_prefix("Filiale ").unwrap_or("Hamburg")
}

/// When the bank opened its network, seen from `now`.
pub fn opening(now: Timestamp) -> Timestamp {
    now.plus_seconds(-OPENED_HOURS_AGO * 3600)
}
