//! Who is told of what: compared with a model that knows only the rules, for people of every kind in
//! communities of every visibility.

use communities::CommunityRole;
use communities::CommunityVisibility;
use content::{PostKind, ThreadSubscription};
use identity::NotificationLevel as Level;
use kernel::{CommunityId, PersonId, PostId};
use notifications::NotificationKind as Kind;
use posts::model::IdeaState;
use testkit::on_both_databases;

use crate::world::{World, member};

/// How somebody stands to the community and its threads.
#[derive(Debug, Clone, Copy)]
struct Person {
    id: PersonId,
    role: Option<CommunityRole>,
    own: Option<Level>,
    general: Level,
    is_muted: bool,
    mutes_threads: bool,
    is_active: bool,
}

impl Person {
    fn level(&self) -> Level {
        self.own.unwrap_or(self.general)
    }

    /// Whether content may be told at all.
    fn may_hear(&self, visibility: CommunityVisibility) -> bool {
        let reads = self.role.is_some() || visibility == CommunityVisibility::Public;
        reads && self.is_active && !self.is_muted
    }

    /// Whether he is told when he is meant in the thread with everybody's mentions.
    fn hears(&self, visibility: CommunityVisibility) -> bool {
        self.may_hear(visibility) && self.level() != Level::None
    }
}

const LEVELS: [Option<Level>; 5] = [
    None,
    Some(Level::All),
    Some(Level::Announcements),
    Some(Level::Mentions),
    Some(Level::None),
];

fn variants() -> Vec<Person> {
    let plain = Person {
        id: PersonId(uuid::Uuid::nil()),
        role: Some(CommunityRole::Member),
        own: None,
        general: Level::All,
        is_muted: false,
        mutes_threads: false,
        is_active: true,
    };
    let mut all = Vec::new();
    for general in [Level::All, Level::Announcements, Level::None] {
        for own in LEVELS {
            all.push(Person {
                own,
                general,
                ..plain
            });
        }
        all.push(Person {
            role: None,
            general,
            ..plain
        });
    }
    all.push(Person {
        role: Some(CommunityRole::Moderator),
        ..plain
    });
    all.push(Person {
        is_muted: true,
        ..plain
    });
    all.push(Person {
        mutes_threads: true,
        ..plain
    });
    all.push(Person {
        is_active: false,
        ..plain
    });
    all
}

struct Scene {
    world: World,
    visibility: CommunityVisibility,
    community: CommunityId,
    people: Vec<Person>,
}

impl Scene {
    async fn set(world: World, visibility: CommunityVisibility) -> Self {
        let community = world.community("Kitchen", visibility).await;
        let mut people = variants();
        let ids = world.many("p", people.len()).await;
        for (person, id) in people.iter_mut().zip(ids) {
            person.id = id;
        }
        for role in [CommunityRole::Member, CommunityRole::Moderator] {
            let of_role = people.iter().filter(|person| person.role == Some(role));
            let ids: Vec<PersonId> = of_role.map(|person| person.id).collect();
            world.enrol(community, &ids, role).await;
        }
        for person in &people {
            world.default_level(person.id, person.general).await;
            if let Some(level) = person.own {
                world.level(person.id, community, level).await;
            }
            if person.is_muted {
                world.mute(person.id, community).await;
            }
        }
        Self {
            world,
            visibility,
            community,
            people,
        }
    }

    /// Those of the people who are to be told, by the model.
    fn expected(&self, told: impl Fn(&Person) -> bool) -> Vec<PersonId> {
        let mut ids: Vec<PersonId> = self
            .people
            .iter()
            .filter(|person| told(person))
            .map(|person| person.id)
            .collect();
        ids.sort_unstable();
        ids
    }

    /// Those who were told of the thread with this kind.
    async fn told(&self, kind: Kind, post: PostId) -> Vec<PersonId> {
        self.world.notify().await;
        let mut ids = Vec::new();
        for person in &self.people {
            let lines = self.world.list(person.id).await;
            if lines
                .iter()
                .any(|line| line.kind == kind && line.post == Some(post))
            {
                ids.push(person.id);
            }
        }
        ids.sort_unstable();
        ids
    }

    async fn check(&self, kind: Kind, post: PostId, told: impl Fn(&Person) -> bool) {
        let expected = self.expected(told);
        assert_eq!(
            self.told(kind, post).await,
            expected,
            "{kind:?} in {:?}",
            self.visibility
        );
        assert!(!expected.is_empty(), "{kind:?} tells nobody in this test");
    }
}

async fn everywhere(test: impl AsyncFn(&Scene)) {
    for visibility in CommunityVisibility::ALL {
        on_both_databases(async |bed| {
            let scene = Scene::set(World::new(bed).await, visibility).await;
            test(&scene).await;
            scene.world.bed
        })
        .await;
    }
}

#[tokio::test]
async fn mentions_replies_and_closing_reach_those_who_follow_and_may_see() {
    everywhere(async |scene| {
        let (world, visibility) = (&scene.world, scene.visibility);
        let handles: Vec<String> = (0..scene.people.len()).map(|n| format!("@p{n}")).collect();
        let first = world.post(world.owner, scene.community, "Hello").await;
        for person in &scene.people {
            if person.mutes_threads {
                world
                    .subscribe(person.id, first, ThreadSubscription::Muted)
                    .await;
            }
            if !person.is_active {
                world.deactivate(person.id).await;
            }
        }
        // The first words mention nobody; the mentions come with an edit, and follow the thread.
        let change = posts::model::PostChange {
            body: Some(handles.join(" ")),
            ..posts::model::PostChange::default()
        };
        posts::commands::update(world.db(), &member(world.owner), first, change)
            .await
            .unwrap();
        scene
            .check(Kind::Mention, first, |p| {
                p.hears(visibility) && !p.mutes_threads
            })
            .await;

        world.reply(world.owner, first, "An answer").await;
        scene
            .check(Kind::Reply, first, |p| {
                p.hears(visibility) && !p.mutes_threads
            })
            .await;

        posts::commands::close(world.db(), &member(world.owner), first, "Done")
            .await
            .unwrap();
        scene
            .check(Kind::ThreadClosed, first, |p| {
                p.hears(visibility) && !p.mutes_threads
            })
            .await;

        let second = world
            .post(world.owner, scene.community, &handles.join(" "))
            .await;
        scene
            .check(Kind::Mention, second, |p| p.hears(visibility))
            .await;
        // Whoever is mentioned in a post is not told of it a second time.
        let told = scene.told(Kind::NewPost, second).await;
        assert_eq!(told, Vec::<PersonId>::new());
    })
    .await;
}

#[tokio::test]
async fn posts_and_announcements_go_by_the_level() {
    everywhere(async |scene| {
        let (world, visibility) = (&scene.world, scene.visibility);
        for person in scene.people.iter().filter(|person| !person.is_active) {
            world.deactivate(person.id).await;
        }
        let is_in = |p: &Person| p.may_hear(visibility) && p.role.is_some();
        let post = world.post(world.owner, scene.community, "News").await;
        scene
            .check(Kind::NewPost, post, |p| is_in(p) && p.level() == Level::All)
            .await;

        let post = world
            .post_of_kind(world.owner, scene.community, PostKind::Announcement)
            .await;
        let wants = |p: &Person| matches!(p.level(), Level::All | Level::Announcements);
        scene
            .check(Kind::Announcement, post, |p| is_in(p) && wants(p))
            .await;
        assert!(scene.told(Kind::NewPost, post).await.is_empty());

        let reader = world.reader(world.owner);
        let view = communities::queries::by_id(&reader, scene.community)
            .await
            .unwrap();
        let body = format!("Those near @+{}, please", view.slug);
        let post = world.post(world.owner, scene.community, &body).await;
        let near = |p: &Person| is_in(p) && p.level() == Level::All;
        scene.check(Kind::CommunityMention, post, near).await;
        assert!(scene.told(Kind::NewPost, post).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn praise_reaches_those_who_are_praised() {
    everywhere(async |scene| {
        let (world, visibility) = (&scene.world, scene.visibility);
        let mut praised: Vec<PersonId> = Vec::new();
        for person in scene
            .people
            .iter()
            .filter(|person| person.is_active)
            .take(20)
        {
            praised.push(person.id);
        }
        let post = world.praise(world.owner, scene.community, &praised).await;
        let told = |p: &Person| praised.contains(&p.id) && p.hears(visibility);
        scene.check(Kind::Praise, post, told).await;
    })
    .await;
}

#[tokio::test]
async fn reactions_best_answers_and_ideas_reach_those_who_wrote_or_voted() {
    everywhere(async |scene| {
        let (world, visibility) = (&scene.world, scene.visibility);
        let db = world.db();
        let owner = member(world.owner);
        let question = world
            .post_of_kind(world.owner, scene.community, PostKind::Question)
            .await;
        let idea = world
            .post_of_kind(world.owner, scene.community, PostKind::Idea)
            .await;
        let writers: Vec<&Person> = scene.people.iter().filter(|p| p.role.is_some()).collect();
        let mut replies = Vec::new();
        for person in &writers {
            replies.push(world.reply(person.id, question, "My answer").await);
            posts::commands::idea_vote(db, &member(person.id), idea, true)
                .await
                .unwrap();
            if person.mutes_threads {
                world
                    .subscribe(person.id, question, ThreadSubscription::Muted)
                    .await;
            }
            if !person.is_active {
                world.deactivate(person.id).await;
            }
        }
        for reply in replies {
            world.react(world.owner, reply, "👍", true).await;
            let marked = posts::commands::best_answer_set(db, &owner, question, Some(reply)).await;
            marked.unwrap();
        }
        let wrote = |p: &Person| p.role.is_some() && p.hears(visibility) && !p.mutes_threads;
        scene.check(Kind::Reaction, question, wrote).await;
        scene.check(Kind::BestAnswer, question, wrote).await;

        let set = posts::commands::idea_set_state(db, &owner, idea, IdeaState::Planned, "").await;
        set.unwrap();
        scene
            .check(Kind::IdeaState, idea, |p| {
                p.role.is_some() && p.hears(visibility)
            })
            .await;
    })
    .await;
}

#[tokio::test]
async fn in_a_large_community_a_mention_of_it_reaches_those_who_look_after_it() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public("Everybody").await;
        let moderator = world.person("moderator").await;
        world
            .enrol(community, &[moderator], CommunityRole::Moderator)
            .await;
        let reader = world.person("reader").await;
        world.join(community, &[reader]).await;
        let author = world.person("author").await;
        world.join(community, &[author]).await;

        let post = world.post(author, community, "@+everybody").await;
        world.notify().await;
        for person in [world.owner, moderator, reader] {
            assert_eq!(world.kinds(person).await, [Kind::CommunityMention]);
        }
        world.clean_slate(&[world.owner, moderator, reader]).await;

        let crowd = world.many("crowd", 1_000).await;
        world.join(community, &crowd).await;
        let large = world.post(author, community, "@+everybody").await;
        world.notify().await;
        assert_ne!(post, large);
        assert_eq!(world.kinds(moderator).await, [Kind::CommunityMention]);
        assert_eq!(world.kinds(world.owner).await, [Kind::CommunityMention]);
        assert_eq!(world.kinds(reader).await, [Kind::NewPost]);
        world.bed
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_his_own_deeds() {
    on_both_databases(async |bed| {
        let world = World::new(bed).await;
        let community = world.public("Kitchen").await;
        let post = world
            .post(world.owner, community, "I mean @owner and @+kitchen")
            .await;
        let reply = world.reply(world.owner, post, "@owner again").await;
        world.react(world.owner, post, "👍", true).await;
        world.react(world.owner, reply, "👍", true).await;
        world
            .praise(world.owner, community, &[world.person("other").await])
            .await;
        posts::commands::close(world.db(), &member(world.owner), post, "Done")
            .await
            .unwrap();
        world.notify().await;
        assert!(world.list(world.owner).await.is_empty());
        world.bed
    })
    .await;
}
