//! A random history of an organisation, played on the server and on a plain model beside it.

use std::collections::{BTreeMap, BTreeSet};

use communities::model::CommunityVisibility;
use content::{PostKind, ThreadSubscription};
use kernel::{CommunityId, PersonId, PostId};

use crate::world::{Dice, World, member};

pub const TOPICS: [&str; 3] = ["rust", "soup", "bikes"];
const KINDS: [PostKind; 3] = [PostKind::Discussion, PostKind::Question, PostKind::Idea];

#[derive(Debug, Clone)]
pub struct ModelPost {
    pub id: PostId,
    pub author: PersonId,
    pub community: CommunityId,
    pub kind: PostKind,
    pub topics: Vec<&'static str>,
    pub is_deleted: bool,
    /// Microseconds.
    pub at: i64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ModelMark {
    pub read: i64,
    pub visit: i64,
}

/// What the feeds should say, without a database: lists and sets.
#[derive(Default)]
pub struct Model {
    pub people: Vec<PersonId>,
    pub communities: Vec<(CommunityId, CommunityVisibility)>,
    /// In the order of publication.
    pub posts: Vec<ModelPost>,
    pub members: BTreeSet<(PersonId, CommunityId)>,
    pub muted: BTreeSet<(PersonId, CommunityId)>,
    pub threads: BTreeMap<(PersonId, PostId), ThreadSubscription>,
    pub follows: BTreeSet<(PersonId, PersonId)>,
    pub topics: BTreeSet<(PersonId, &'static str)>,
    pub marks: BTreeMap<(PersonId, Option<CommunityId>), ModelMark>,
}

impl Model {
    pub fn can_read(&self, person: PersonId, community: CommunityId) -> bool {
        let public = self
            .communities
            .iter()
            .any(|(id, visibility)| *id == community && *visibility == CommunityVisibility::Public);
        public || self.members.contains(&(person, community))
    }

    /// Published posts the person may read and that `wanted` chooses, newest first.
    pub fn list(&self, person: PersonId, wanted: impl Fn(&ModelPost) -> bool) -> Vec<PostId> {
        let posts = self.posts.iter().rev();
        let shown = posts.filter(|post| !post.is_deleted && self.can_read(person, post.community));
        shown
            .filter(|post| wanted(post))
            .map(|post| post.id)
            .collect()
    }

    pub fn is_muted(&self, person: PersonId, post: &ModelPost) -> bool {
        self.thread(person, post.id) == ThreadSubscription::Muted
            || self.muted.contains(&(person, post.community))
    }

    fn thread(&self, person: PersonId, post: PostId) -> ThreadSubscription {
        self.threads
            .get(&(person, post))
            .copied()
            .unwrap_or(ThreadSubscription::Normal)
    }

    fn follows_author_or_topic(&self, person: PersonId, post: &ModelPost) -> bool {
        self.follows.contains(&(person, post.author))
            || post
                .topics
                .iter()
                .any(|topic| self.topics.contains(&(person, topic)))
    }

    pub fn home(&self, person: PersonId) -> Vec<PostId> {
        self.list(person, |post| {
            let brings = self.members.contains(&(person, post.community))
                || self.follows_author_or_topic(person, post);
            brings && !self.is_muted(person, post)
        })
    }

    pub fn following(&self, person: PersonId) -> Vec<PostId> {
        self.list(person, |post| {
            let brings = self.follows_author_or_topic(person, post)
                || self.thread(person, post.id) == ThreadSubscription::Following;
            brings && !self.is_muted(person, post)
        })
    }

    pub fn mark(&self, person: PersonId, community: Option<CommunityId>) -> ModelMark {
        self.marks
            .get(&(person, community))
            .copied()
            .unwrap_or_default()
    }

    /// Unread posts by community, and of home.
    pub fn unread(&self, person: PersonId) -> (BTreeMap<CommunityId, usize>, usize) {
        let home = self.mark(person, None);
        let (mut counts, mut unvisited) = (BTreeMap::new(), 0);
        for post in &self.posts {
            let read = self.mark(person, Some(post.community)).read.max(home.read);
            let counts_for = !post.is_deleted
                && self.members.contains(&(person, post.community))
                && !self.is_muted(person, post)
                && post.author != person;
            if counts_for && post.at > read {
                *counts.entry(post.community).or_insert(0) += 1;
                unvisited += usize::from(post.at > home.visit);
            }
        }
        (counts, unvisited)
    }

    /// Whether a post is new to somebody.
    pub fn is_new(&self, person: PersonId, post: PostId) -> bool {
        let post = self.posts.iter().find(|known| known.id == post).unwrap();
        let own = self.mark(person, Some(post.community)).visit;
        let visit = own.max(self.mark(person, None).visit);
        visit > 0 && post.at > visit && post.author != person
    }
}

/// Makes people and communities of every visibility.
pub async fn found(world: &World) -> Model {
    let mut model = Model::default();
    for name in ["ann", "ben", "cem", "dot"] {
        model.people.push(world.person(name).await);
    }
    for (name, visibility) in [
        ("Canteen", CommunityVisibility::Public),
        ("Travel", CommunityVisibility::Public),
        ("Quiet", CommunityVisibility::Public),
        ("Board", CommunityVisibility::Private),
        ("Merger", CommunityVisibility::Secret),
    ] {
        let id = world.community(name, visibility).await;
        model.communities.push((id, visibility));
        model.members.insert((world.owner, id));
        for person in model.people[..2].iter().copied() {
            world.enrol(person, id).await;
            model.members.insert((person, id));
        }
    }
    model
}

/// One random act.
pub async fn act(world: &World, model: &mut Model, dice: &mut Dice) {
    let person = dice.pick(&model.people);
    let (community, visibility) = dice.pick(&model.communities);
    let is_member = model.members.contains(&(person, community));
    match dice.roll(12) {
        0..=4 => publish(world, model, dice).await,
        5 => delete(world, model, dice).await,
        6 => move_thread(world, model, dice).await,
        7 if is_member => {
            world.leave(person, community).await;
            model.members.remove(&(person, community));
            model.muted.remove(&(person, community));
        }
        7 if visibility == CommunityVisibility::Public => {
            world.join(person, community).await;
            model.members.insert((person, community));
        }
        7 => {
            world.enrol(person, community).await;
            model.members.insert((person, community));
        }
        8 if is_member => {
            let muted = dice.roll(2) == 0;
            world.mute(person, community, muted).await;
            if muted {
                model.muted.insert((person, community));
            } else {
                model.muted.remove(&(person, community));
            }
        }
        9 => subscribe(world, model, dice, person).await,
        10 => {
            let other = dice.pick(&model.people);
            if other != person {
                let follow = model.follows.insert((person, other));
                if !follow {
                    model.follows.remove(&(person, other));
                }
                world.follow(person, other, follow).await;
            }
        }
        11 => {
            let topic = dice.pick(&TOPICS);
            let follow = model.topics.insert((person, topic));
            if !follow {
                model.topics.remove(&(person, topic));
            }
            world.follow_topic(person, topic, follow).await;
        }
        _ => {}
    }
}

pub async fn publish(world: &World, model: &mut Model, dice: &mut Dice) {
    let members: Vec<_> = model.members.iter().copied().collect();
    let (author, community) = dice.pick(&members);
    let topics: Vec<&str> = TOPICS.into_iter().filter(|_| dice.roll(3) == 0).collect();
    let body: Vec<String> = topics.iter().map(|topic| format!("#{topic}")).collect();
    let kind = dice.pick(&KINDS);
    let body = format!("What about {}?", body.join(" "));
    let id = world.post_of(author, community, &body, kind).await;
    model
        .threads
        .insert((author, id), ThreadSubscription::Following);
    model.posts.push(ModelPost {
        id,
        author,
        community,
        kind,
        topics,
        is_deleted: false,
        at: world.db().now().micros(),
    });
}

fn some_post(model: &Model, dice: &mut Dice) -> Option<usize> {
    let alive: Vec<usize> = (0..model.posts.len())
        .filter(|index| !model.posts[*index].is_deleted)
        .collect();
    (!alive.is_empty()).then(|| dice.pick(&alive))
}

async fn delete(world: &World, model: &mut Model, dice: &mut Dice) {
    if let Some(index) = some_post(model, dice) {
        world.delete(world.owner, model.posts[index].id).await;
        model.posts[index].is_deleted = true;
    }
}

async fn move_thread(world: &World, model: &mut Model, dice: &mut Dice) {
    let (target, _) = dice.pick(&model.communities);
    if let Some(index) = some_post(model, dice)
        && model.posts[index].community != target
    {
        world.tick();
        let (owner, id) = (member(world.owner), model.posts[index].id);
        // Some moves are refused; what the feeds say must follow either way.
        if posts::commands::move_to(world.db(), &owner, id, target)
            .await
            .is_ok()
        {
            model.posts[index].community = target;
        }
    }
}

async fn subscribe(world: &World, model: &mut Model, dice: &mut Dice, person: PersonId) {
    let states = [
        ThreadSubscription::Following,
        ThreadSubscription::Normal,
        ThreadSubscription::Muted,
    ];
    if let Some(index) = some_post(model, dice)
        && model.can_read(person, model.posts[index].community)
    {
        let (post, state) = (model.posts[index].id, dice.pick(&states));
        world.subscribe(person, post, state).await;
        model.threads.insert((person, post), state);
    }
}
