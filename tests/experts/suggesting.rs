//! The story of a question: who is suggested, why, and to whom.

use communities::model::{CommunityVisibility, NewCommunity};
use communities::{CommunityJoining, NewMember, model::CommunityRole};
use content::{NewReply, PostKind};
use experts::model::{ReasonKind, Suggestion};
use experts::queries::suggestions;
use identity::NewPerson;
use kernel::{CommunityId, OrganisationRole, PersonId, PostId, Viewer};
use posts::PostInput;
use profiles::commands::{profile_details_update, skill_endorse};
use profiles::model::ProfileChange;
use testkit::{TestDatabase, on_both_databases};

struct House {
    bed: TestDatabase,
    asker: PersonId,
    answerer: PersonId,
    expert: PersonId,
    outsider: PersonId,
    public: CommunityId,
    secret: CommunityId,
}

impl House {
    async fn open(bed: TestDatabase) -> Self {
        let mut people = Vec::new();
        let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        for handle in ["asker", "answerer", "expert", "outsider"] {
            let new = NewPerson {
                handle: handle.to_owned(),
                name: handle.to_owned(),
                ..NewPerson::default()
            };
            people.push(
                identity::commands::create_person(&mut tx, new)
                    .await
                    .unwrap(),
            );
        }
        tx.commit().await.unwrap();
        let [asker, answerer, expert, outsider] = people.try_into().unwrap();
        let mut communities = Vec::new();
        for (name, visibility) in [
            ("Public", CommunityVisibility::Public),
            ("Secret", CommunityVisibility::Secret),
        ] {
            let new = NewCommunity {
                visibility,
                joining: CommunityJoining::InviteOnly,
                ..NewCommunity::named(name)
            };
            let community = communities::commands::create(&bed.database, &viewer(asker), new).await;
            communities.push(community.unwrap());
        }
        let mut tx = bed.database.begin(&Viewer::system("test")).await.unwrap();
        let since = tx.now();
        for community in &communities {
            let members: Vec<_> = [answerer, expert]
                .into_iter()
                .map(|person| NewMember {
                    person,
                    role: CommunityRole::Member,
                    since,
                })
                .collect();
            communities::commands::join_many(&mut tx, *community, &members)
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        Self {
            bed,
            asker,
            answerer,
            expert,
            outsider,
            public: communities[0],
            secret: communities[1],
        }
    }

    async fn post(
        &self,
        who: PersonId,
        community: CommunityId,
        kind: PostKind,
        body: &str,
    ) -> PostId {
        let input = PostInput {
            audience: None,
            client_id: client_id(&self.bed),
            community,
            kind,
            title: String::new(),
            body: body.to_owned(),
            topics: Vec::new(),
            attachments: Vec::new(),
            poll: None,
            praise: None,
            scheduled_for: None,
            draft: None,
        };
        posts::commands::create(&self.bed.database, &viewer(who), input)
            .await
            .unwrap()
    }

    async fn accept_answer(&self, question: PostId, who: PersonId) {
        let reply = NewReply {
            client_id: client_id(&self.bed),
            post: question,
            parent: None,
            body: "Like this.".to_owned(),
            attachments: Vec::new(),
            draft: None,
        };
        let reply = content::commands::create_reply(&self.bed.database, &viewer(who), reply)
            .await
            .unwrap()
            .reply_id();
        posts::commands::best_answer_set(
            &self.bed.database,
            &viewer(self.asker),
            question,
            Some(reply),
        )
        .await
        .unwrap();
    }

    async fn suggested(&self, to: PersonId, text: &str) -> Vec<Suggestion> {
        suggestions(&self.bed.database, &viewer(to), text, 20)
            .await
            .unwrap()
    }

    async fn names(&self, to: PersonId, text: &str) -> Vec<PersonId> {
        let found = self.suggested(to, text).await.into_iter();
        found.map(|one| one.person_id).collect()
    }

    async fn profile(&self, who: PersonId, change: ProfileChange) {
        profile_details_update(&self.bed.database, &viewer(who), change)
            .await
            .unwrap();
    }
}

fn client_id(bed: &TestDatabase) -> String {
    kernel::EventId::at(bed.database.now()).uuid().to_string()
}

fn viewer(person: PersonId) -> Viewer {
    Viewer::person(person, OrganisationRole::Member, None)
}

fn reasons(of: &Suggestion) -> Vec<(ReasonKind, &str, usize)> {
    let all = of.reasons.iter();
    all.map(|reason| (reason.kind, reason.about.as_str(), reason.count))
        .collect()
}

#[tokio::test]
async fn each_reason_counts_and_is_named() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let question = house
            .post(
                house.asker,
                house.public,
                PostKind::Question,
                "Who knows #sepa?",
            )
            .await;
        house.accept_answer(question, house.answerer).await;
        house
            .post(
                house.expert,
                house.public,
                PostKind::Discussion,
                "About #sepa",
            )
            .await;
        house
            .profile(
                house.expert,
                ProfileChange {
                    skills: Some(vec!["SEPA".into()]),
                    ..ProfileChange::default()
                },
            )
            .await;
        skill_endorse(
            &house.bed.database,
            &viewer(house.asker),
            house.expert,
            "sepa",
            true,
        )
        .await
        .unwrap();
        let found = house
            .suggested(house.outsider, "How do I change a SEPA mandate?")
            .await;
        // The expert: skill 2, endorsement 2, post 1; the answerer: accepted answer 5; the asker: post 1.
        let mut who: Vec<_> = found.iter().map(|one| one.person_id).collect();
        assert_eq!(who.pop(), Some(house.asker));
        who.sort_unstable();
        let mut both = [house.answerer, house.expert];
        both.sort_unstable();
        assert_eq!(who, both);
        let of = |person| found.iter().find(|one| one.person_id == person).unwrap();
        assert_eq!(
            reasons(of(house.answerer)),
            [(ReasonKind::AcceptedAnswer, "#sepa", 1)]
        );
        assert_eq!(
            reasons(of(house.expert)),
            [
                (ReasonKind::Endorsement, "SEPA", 1),
                (ReasonKind::Skill, "SEPA", 1),
                (ReasonKind::Post, "#sepa", 1)
            ]
        );
        // Nobody is suggested to himself, and a text of other words finds nobody.
        assert!(
            !house
                .names(house.expert, "sepa")
                .await
                .contains(&house.expert)
        );
        assert!(house.names(house.outsider, "canteen").await.is_empty());
        house.bed
    })
    .await;
}

#[tokio::test]
async fn what_the_viewer_may_not_see_is_no_reason() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let before = house.suggested(house.outsider, "merger").await;
        let question = house
            .post(
                house.asker,
                house.secret,
                PostKind::Question,
                "What of the #merger?",
            )
            .await;
        house.accept_answer(question, house.answerer).await;
        house
            .post(
                house.expert,
                house.secret,
                PostKind::Discussion,
                "More #merger",
            )
            .await;
        assert_eq!(
            house.names(house.asker, "merger").await,
            [house.answerer, house.expert]
        );
        assert_eq!(house.suggested(house.outsider, "merger").await, before);
        assert!(before.is_empty());
        let nobody = suggestions(&house.bed.database, &Viewer::anonymous(), "merger", 5).await;
        assert_eq!(nobody.unwrap_err().reason(), "UNAUTHENTICATED");
        house.bed
    })
    .await;
}

#[tokio::test]
async fn who_does_not_want_to_be_suggested_or_was_asked_too_often_is_not() {
    on_both_databases(async |bed| {
        let house = House::open(bed).await;
        let ask_about = |is_suggested| ProfileChange {
            ask_about: Some(vec!["Kasse".into()]),
            is_suggested: Some(is_suggested),
            ..ProfileChange::default()
        };
        house.profile(house.expert, ask_about(true)).await;
        assert_eq!(house.names(house.outsider, "Kasse").await, [house.expert]);
        house.profile(house.expert, ask_about(false)).await;
        assert!(house.names(house.outsider, "Kasse").await.is_empty());
        house.profile(house.expert, ask_about(true)).await;
        for _ in 0..experts::model::MAX_LOAD {
            house
                .post(
                    house.asker,
                    house.secret,
                    PostKind::Question,
                    "Hello @expert, may I ask?",
                )
                .await;
        }
        assert!(house.names(house.outsider, "Kasse").await.is_empty());
        // Two weeks later the load is gone.
        house
            .bed
            .clock
            .advance_seconds(86_400 * (experts::model::LOAD_DAYS + 1));
        assert_eq!(house.names(house.outsider, "Kasse").await, [house.expert]);
        house.bed
    })
    .await;
}
