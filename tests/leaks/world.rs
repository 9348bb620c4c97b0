//! The world of the leak tests, written through the API only.

mod line;

use kernel::Viewer;
use serde_json::{Value, json};

use super::model::{Audience, Model};
use super::support::{House, client_id, text};
use super::walk::{Pools, literal};

/// Everybody: owner, moderator and member of each community; somebody who asked to join, who was
/// invited, who has nothing to do with it, who was a member, and the network's admin.
const PEOPLE: [&str; 8] = [
    "owner",
    "moderator",
    "member",
    "requester",
    "invited",
    "outsider",
    "former",
    "admin",
];

/// Kinds of posts.
const KINDS: [&str; 6] = [
    "DISCUSSION",
    "QUESTION",
    "PRAISE",
    "POLL",
    "ANNOUNCEMENT",
    "IDEA",
];

/// A community of the world.
struct Place {
    id: String,
    visibility: &'static str,
    /// Who may read its content.
    readers: Audience,
    /// Who may know that it exists.
    knowers: Audience,
}

/// A world and what is known of it.
pub struct World {
    pub house: House,
    pub viewers: Vec<Viewer>,
    pub model: Model,
    pub pools: Pools,
    /// Cursor of before anything happened in it, quoted.
    pub beginning: String,
    places: Vec<Place>,
    /// The dispatch that was sent.
    sent: Option<String>,
}

fn only(people: &[usize]) -> Audience {
    people.iter().copied().collect()
}

impl World {
    /// Writes the world.
    pub async fn write(house: House) -> Self {
        let mut model = Model::default();
        let admin = PEOPLE.iter().position(|name| *name == "admin").unwrap();
        let mut emails = std::collections::BTreeMap::new();
        for (number, name) in PEOPLE.iter().enumerate() {
            let mark = model.mark(&only(&[number, admin]), format!("e-mail address of {name}"));
            emails.insert(*name, format!("{mark}@example.org"));
        }
        let viewers = house.hire(&PEOPLE, |name| emails[name].clone()).await;
        let page = house
            .ask(
                &viewers[0],
                "{ homeFeed(first: 1) { liveCursor } }",
                json!({}),
            )
            .await;
        let mut world = Self {
            beginning: literal(&text(&page, "/homeFeed/liveCursor")),
            house,
            viewers,
            model,
            pools: Pools::default(),
            places: Vec::new(),
            sent: None,
        };
        for (name, viewer) in PEOPLE.iter().zip(&world.viewers) {
            let ids = world.pools.ids.entry("person".into()).or_default();
            ids.push(literal(&viewer.person_id().unwrap().to_string()));
            world
                .pools
                .texts
                .entry("handle".into())
                .or_default()
                .push(literal(name));
        }
        for (visibility, joining) in [
            ("PUBLIC", "OPEN"),
            ("PRIVATE", "REQUEST"),
            ("SECRET", "INVITE_ONLY"),
        ] {
            world.found(visibility, joining).await;
        }
        world.house.settle().await;
        for place in 0..world.places.len() {
            world.talk(place).await;
        }
        world.talk_privately().await;
        world.write_down_the_line().await;
        world.keep_audiences().await;
        world.rehearse_a_reorganisation().await;
        world.house.settle().await;
        world.part().await;
        world.house.settle().await;
        world.finish_pools();
        world
    }

    /// The number of a person.
    pub fn number(&self, name: &str) -> usize {
        PEOPLE.iter().position(|known| *known == name).unwrap()
    }

    fn viewer(&self, name: &str) -> &Viewer {
        &self.viewers[self.number(name)]
    }

    fn person_id(&self, name: &str) -> String {
        self.viewer(name).person_id().unwrap().to_string()
    }

    fn everybody(&self) -> Audience {
        (0..PEOPLE.len()).collect()
    }

    fn remember(&mut self, id: &str, audience: &Audience) {
        let prefix = id.rsplit_once('_').unwrap().0;
        self.pools
            .ids
            .entry(prefix.to_owned())
            .or_default()
            .push(literal(id));
        self.model.id(id, audience);
    }

    async fn act(&self, who: &str, mutation: &str, input: Value, selection: &str) -> Value {
        self.house
            .act(self.viewer(who), mutation, input, selection)
            .await
    }

    async fn act_with(
        &self,
        who: &str,
        mutation: &str,
        ty: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        self.house
            .act_with(self.viewer(who), mutation, ty, input, selection)
            .await
    }

    /// Makes a community with people of every standing in it.
    async fn found(&mut self, visibility: &'static str, joining: &str) {
        let members = [0, 1, 2, 6];
        let everybody = self.everybody();
        let readers = if visibility == "PUBLIC" {
            everybody.clone()
        } else {
            only(&members)
        };
        // Of a secret one know its members, the invited, and the admin who keeps the list.
        let knowers = if visibility == "SECRET" {
            only(&[0, 1, 2, 4, 6, 7])
        } else {
            everybody
        };
        let name = self
            .model
            .mark(&knowers, format!("name of the {visibility} community"));
        let description = self.model.mark(
            &knowers,
            format!("description of the {visibility} community"),
        );
        let input = json!({
            "clientId": client_id(), "name": format!("{name} house"), "description": description,
            "visibility": visibility, "joining": joining,
        });
        let payload = self
            .act("owner", "communityCreate", input, "community { id slug }")
            .await;
        let id = text(&payload, "/community/id");
        let slug = text(&payload, "/community/slug");
        self.remember(&id, &knowers);
        self.pools
            .texts
            .entry("slug".into())
            .or_default()
            .push(literal(&slug));

        let invited = ["moderator", "member", "former", "invited"].map(|name| self.person_id(name));
        let input = json!({ "communityId": id, "personIds": invited });
        self.act("owner", "communityInvite", input, "invitedCount")
            .await;
        for name in ["moderator", "member", "former"] {
            let mine = self
                .house
                .ask(
                    self.viewer(name),
                    "{ communityInvitations { id community { id } } }",
                    json!({}),
                )
                .await;
            let mine = mine["communityInvitations"].as_array().unwrap().clone();
            let invitation = mine
                .iter()
                .find(|invitation| invitation["community"]["id"] == json!(id))
                .unwrap();
            let input = json!({ "invitationId": invitation["id"], "accept": true });
            self.act(name, "invitationDecide", input, "community { id }")
                .await;
        }
        let input = json!({ "communityId": id, "personId": self.person_id("moderator"), "role": "MODERATOR" });
        self.act("owner", "memberSetRole", input, "community { id }")
            .await;
        let place = Place {
            id: id.clone(),
            visibility,
            readers,
            knowers,
        };
        if joining == "REQUEST" {
            let message = self
                .model
                .mark(&only(&[0, 1, 3]), "message of a request to join");
            let input = json!({ "communityId": id, "message": message });
            self.act("requester", "communityJoin", input, "community { id }")
                .await;
            let query =
                "query($id: ID!) { joinRequests(communityId: $id, first: 5) { nodes { id } } }";
            let found = self
                .house
                .ask(self.viewer("owner"), query, json!({ "id": id }))
                .await;
            let request = text(&found, "/joinRequests/nodes/0/id");
            self.remember(&request, &only(&[0, 1, 3]));
        }
        self.places.push(place);
    }

    /// Content of every kind and state in one community.
    async fn talk(&mut self, place: usize) {
        let Place {
            id,
            visibility,
            readers,
            ..
        } = &self.places[place];
        let (community, visibility, readers) = (id.clone(), *visibility, readers.clone());
        let author = only(&[self.number("member")]);
        for kind in KINDS {
            let who = if kind == "ANNOUNCEMENT" {
                "moderator"
            } else {
                "member"
            };
            let post = self.post(who, &community, kind, &readers, visibility).await;
            let reply = self.reply("moderator", &post, &readers, visibility).await;
            if kind == "QUESTION" {
                let input = json!({ "postId": post, "replyId": reply });
                self.act("member", "bestAnswerSet", input, "post { id }")
                    .await;
            }
            let input = json!({ "subjectId": post, "emoji": "👍", "reacted": true });
            self.act("owner", "reactionSet", input, "post { id }").await;
            if kind == "IDEA" {
                let reason = self
                    .model
                    .mark(&readers, format!("reason for an idea, {visibility}"));
                let input = json!({ "postId": post, "state": "DECLINED", "reason": reason });
                self.act("moderator", "ideaSetState", input, "post { id }")
                    .await;
            }
            if kind == "DISCUSSION" {
                let newer = self
                    .model
                    .mark(&readers, format!("newer text, {visibility}"));
                let input = json!({ "postId": post, "body": newer });
                self.act(who, "postUpdate", input, "post { id }").await;
                let reason = self
                    .model
                    .mark(&readers, format!("reason for closing, {visibility}"));
                let input = json!({ "postId": post, "reason": reason });
                self.act("moderator", "postClose", input, "post { id }")
                    .await;
            }
        }
        self.words_of_the_former_member(&community, &readers, visibility)
            .await;
        self.unpublished(&community, &author, visibility).await;
        self.deleted(&community, &readers, visibility).await;
    }

    async fn post(
        &mut self,
        who: &str,
        community: &str,
        kind: &str,
        readers: &Audience,
        visibility: &str,
    ) -> String {
        let what = |part: &str| format!("{part} of a {kind} of {who}, {visibility}");
        let (title, body) = (
            self.model.mark(readers, what("title")),
            self.model.mark(readers, what("body")),
        );
        let topic = self.model.mark(readers, what("topic"));
        let mut input = json!({
            "clientId": client_id(), "communityId": community, "kind": kind,
            "title": title, "body": format!("{body} #{topic} https://example.org/{body}"),
        });
        if kind == "POLL" {
            let options = [
                self.model.mark(readers, what("option")),
                self.model.mark(readers, what("option")),
            ];
            // What an option says is seen at once; only the counts wait for one's own vote.
            input["poll"] =
                json!({ "options": options, "isMultipleChoice": false, "isAnonymous": true });
        }
        if kind == "PRAISE" {
            input["praise"] = json!({ "badge": "MENTOR", "personIds": [self.person_id("owner")] });
        }
        let payload = self.act(who, "postCreate", input, "post { id }").await;
        let id = text(&payload, "/post/id");
        self.remember(&id, readers);
        self.pools
            .texts
            .entry("topic".into())
            .or_default()
            .push(literal(&topic));
        id
    }

    async fn reply(
        &mut self,
        who: &str,
        post: &str,
        readers: &Audience,
        visibility: &str,
    ) -> String {
        let body = self
            .model
            .mark(readers, format!("reply of {who}, {visibility}"));
        let input =
            json!({ "clientId": client_id(), "postId": post, "body": format!("@member {body}") });
        let payload = self.act(who, "replyCreate", input, "reply { id }").await;
        let id = text(&payload, "/reply/id");
        self.remember(&id, readers);
        id
    }

    /// What the former member wrote stays with the community, not with the one who wrote it.
    async fn words_of_the_former_member(
        &mut self,
        community: &str,
        readers: &Audience,
        visibility: &str,
    ) {
        let post = self
            .post("former", community, "DISCUSSION", readers, visibility)
            .await;
        self.reply("former", &post, readers, visibility).await;
    }

    /// A draft and a scheduled post: their author sees them, nobody else.
    async fn unpublished(&mut self, community: &str, author: &Audience, visibility: &str) {
        let body = self
            .model
            .mark(author, format!("scheduled post, {visibility}"));
        let input = json!({
            "clientId": client_id(), "communityId": community, "kind": "DISCUSSION", "body": body,
            "scheduledFor": self.house.bed.clock.now().plus_seconds(86_400).to_string(),
        });
        let payload = self.act("member", "postCreate", input, "post { id }").await;
        self.remember(&text(&payload, "/post/id"), author);

        let body = self.model.mark(author, format!("draft, {visibility}"));
        let id = format!("draft_{}", client_id().replace('-', ""));
        let input = json!({
            "draftId": id, "baseVersion": 0, "kind": "DISCUSSION", "communityId": community,
            "title": "", "body": body,
        });
        self.act("member", "draftSave", input, "draft { id }").await;
        self.remember(&id, author);
    }

    /// A deleted post and a deleted reply: nobody sees what they said.
    async fn deleted(&mut self, community: &str, readers: &Audience, visibility: &str) {
        let nobody = Audience::new();
        let gone = self
            .post("member", community, "DISCUSSION", &nobody, visibility)
            .await;
        // Its readers are told that it was removed, by the id they knew.
        self.model
            .change_id(&gone, |audience| audience.clone_from(readers));
        let input = json!({ "postId": gone });
        self.act_with("member", "postDelete", "PostIdInput", input, "postId")
            .await;
        let kept = self
            .post("member", community, "DISCUSSION", readers, visibility)
            .await;
        let reply = self.reply("member", &kept, &nobody, visibility).await;
        // The tombstone stays in the thread.
        self.model
            .change_id(&reply, |audience| audience.clone_from(readers));
        self.act_with(
            "member",
            "replyDelete",
            "ReplyIdInput",
            json!({ "replyId": reply }),
            "reply { id }",
        )
        .await;
    }

    /// A private conversation, a personal token.
    async fn talk_privately(&mut self) {
        let both = only(&[self.number("owner"), self.number("member")]);
        let input = json!({ "clientId": client_id(), "personIds": [self.person_id("member")] });
        let payload = self
            .act("owner", "conversationStart", input, "conversation { id }")
            .await;
        let conversation = text(&payload, "/conversation/id");
        self.remember(&conversation, &both);
        let body = self.model.mark(&both, "private message");
        let input =
            json!({ "clientId": client_id(), "conversationId": conversation, "body": body });
        let payload = self
            .act("owner", "messageSend", input, "message { id }")
            .await;
        let message = text(&payload, "/message/id");
        self.remember(&message, &both);
        let before = self.model.mark(&both, "earlier text of a message");
        let input =
            json!({ "clientId": client_id(), "conversationId": conversation, "body": before });
        let payload = self
            .act("owner", "messageSend", input, "message { id }")
            .await;
        let edited = text(&payload, "/message/id");
        self.remember(&edited, &both);
        let changed = self.model.mark(&both, "changed message");
        let input = json!({ "messageId": edited, "body": changed });
        self.act("owner", "messageEdit", input, "message { id }")
            .await;
        let answer = self.model.mark(&both, "answer to a message");
        let input = json!({ "clientId": client_id(), "conversationId": conversation,
                            "threadId": message, "body": answer });
        let payload = self
            .act("member", "messageSend", input, "message { id }")
            .await;
        self.remember(&text(&payload, "/message/id"), &both);
        let input = json!({ "messageId": message, "emoji": "🎉", "reacted": true });
        self.act("member", "messageReact", input, "message { id }")
            .await;
        self.keep_for_later(&conversation).await;
    }

    /// What only one of both sees: half written, and waiting to be sent.
    async fn keep_for_later(&mut self, conversation: &str) {
        let mine = only(&[self.number("member")]);
        let draft = self.model.mark(&mine, "draft of a message");
        let input = json!({ "conversationId": conversation, "body": draft });
        self.act("member", "messageDraftSave", input, "conversation { id }")
            .await;
        let waiting = self.model.mark(&mine, "waiting message");
        let message =
            json!({ "clientId": client_id(), "conversationId": conversation, "body": waiting });
        let input = json!({ "message": message, "sendAt": "2026-03-01T08:00:00Z" });
        let payload = self
            .act(
                "member",
                "messageSchedule",
                input,
                "conversation { scheduledMessages { id } }",
            )
            .await;
        self.remember(
            &text(&payload, "/conversation/scheduledMessages/0/id"),
            &mine,
        );
    }

    /// Audiences for oneself and for all; one of them names the secret community.
    async fn keep_audiences(&mut self) {
        let everybody = self.everybody();
        let mine = only(&[self.number("owner")]);
        let secret = &self.places[2];
        let (insiders, members) = (
            secret.readers.clone(),
            json!({ "communities": { "communityIds": [secret.id] } }),
        );
        let all = json!({ "everybody": true });
        for (what, seen_by, is_shared, rule) in [
            ("audience for all", everybody, true, all.clone()),
            ("audience of the owner", mine, false, all),
            ("audience for all, SECRET", insiders, true, members),
        ] {
            let name = self.model.mark(&seen_by, what);
            let input = json!({ "name": name, "rule": rule, "isShared": is_shared });
            let payload = self
                .act("owner", "audienceCreate", input, "audience { id }")
                .await;
            self.remember(&text(&payload, "/audience/id"), &seen_by);
        }
        self.pools.rules = vec![
            "{ everybody: true }".to_owned(),
            "{ place: {} }".to_owned(),
            "{ locations: { names: [\"cnry\"] } }".to_owned(),
        ];
        for place in &self.places {
            let members = format!(
                "{{ communities: {{ communityIds: [{}] }} }}",
                literal(&place.id)
            );
            self.pools.rules.push(format!("{{ not: {members} }}"));
            self.pools.rules.push(format!(
                "{{ any: [{{ everybody: true }}, {{ all: [{members}] }}] }}"
            ));
            self.pools.rules.push(members);
        }
    }

    /// One member leaves, one post moves from public to private, one is shared into the secret one.
    async fn part(&mut self) {
        let former = self.number("former");
        for place in 0..self.places.len() {
            let id = self.places[place].id.clone();
            let input = json!({ "communityId": id, "personId": self.person_id("former") });
            self.act("owner", "memberRemove", input, "community { id }")
                .await;
            if self.places[place].visibility != "PUBLIC" {
                self.places[place].readers.remove(&former);
            }
            if self.places[place].visibility == "SECRET" {
                self.places[place].knowers.remove(&former);
            }
        }
        let hidden = |what: &str| what.ends_with("PRIVATE") || what.ends_with("SECRET");
        self.model.remove_person(former, hidden);
        self.model
            .remove_person(former, |what| what.contains("SECRET community"));
        let public = self.everybody();
        let ids: Vec<String> = self
            .pools
            .ids
            .values()
            .flatten()
            .map(|id| id.trim_matches('"').to_owned())
            .collect();
        for id in ids {
            // Everything that was not for all was for members.
            self.model.change_id(&id, |audience| {
                let is_community = id.starts_with("community_");
                let is_secret = is_community && audience.len() == 6;
                if audience.len() < public.len() && (!is_community || is_secret) {
                    audience.remove(&former);
                }
            });
        }
        let (from, to) = (self.places[0].id.clone(), self.places[1].id.clone());
        let readers = self.places[0].readers.clone();
        let moved = self
            .post("member", &from, "DISCUSSION", &readers, "PUBLIC, moved")
            .await;
        let narrow = self.places[1].readers.clone();
        let input = json!({ "postId": moved, "communityId": to });
        self.act("member", "postMove", input, "post { id }").await;
        // Those who lose sight of it are told so, by the id they knew.
        self.model.narrow("PUBLIC, moved", &narrow);

        let shared = self
            .post("member", &from, "DISCUSSION", &readers, "PUBLIC, shared")
            .await;
        let secret = self.places[2].readers.clone();
        let words = self.model.mark(&secret, "words beside a share, SECRET");
        let input = json!({
            "clientId": client_id(), "postId": shared, "communityId": self.places[2].id, "body": words,
        });
        let payload = self.act("member", "postShare", input, "post { id }").await;
        self.remember(&text(&payload, "/post/id"), &secret);
    }

    fn finish_pools(&mut self) {
        let topics = self.pools.texts.get("topic").cloned().unwrap_or_default();
        self.pools.texts.insert("name".into(), topics);
        self.pools
            .texts
            .insert("query".into(), vec![literal("cnry")]);
        self.pools
            .texts
            .insert("body".into(), vec![literal("@member #x")]);
    }

    /// No rule counts, lists or explains the members of a community one may not look into.
    async fn check_audiences(&self) {
        let query = "query($rule: AudienceRuleInput!, $person: ID!) { \
                     audiencePreview(rule: $rule) { count sentence people(first: 50) { totalCount } } \
                     audienceReasons(rule: $rule, personId: $person) { isIn } }";
        let person = self.person_id("member");
        for place in &self.places {
            let members = json!({ "communities": { "communityIds": [place.id] } });
            for rule in [members.clone(), json!({ "not": members })] {
                for (number, viewer) in self.viewers.iter().enumerate() {
                    let asked = json!({ "rule": rule, "person": person });
                    let answer = self.house.answer(viewer, query, asked).await;
                    let told = answer["data"].is_object();
                    let may = place.readers.contains(&number);
                    let (who, what) = (PEOPLE[number], place.visibility);
                    assert_eq!(
                        told, may,
                        "{who} asks about the {what} community: {answer:#}"
                    );
                }
            }
        }
    }

    /// Counts tell nothing either: each is what the person may see.
    pub async fn check_counts(&self) {
        self.check_audiences().await;
        self.check_rolls().await;
        for (number, viewer) in self.viewers.iter().enumerate() {
            let query = "{ communities(scope: ALL, first: 50) { totalCount nodes { id isAllCompany } } \
                         topics(query: \"cnry\", first: 50) { name postCount } \
                         notifications(first: 50) { unreadCount nodes { isRead } } unreadCounts { notifications } }";
            let data = self.house.ask(viewer, query, json!({})).await;
            // The community everybody is in is beside those of this world.
            let known = 1 + self
                .places
                .iter()
                .filter(|place| place.knowers.contains(&number))
                .count();
            assert_eq!(
                data["communities"]["totalCount"],
                json!(known),
                "communities known to {}",
                PEOPLE[number]
            );
            for topic in data["topics"].as_array().unwrap() {
                assert_eq!(topic["postCount"], json!(1), "{topic}");
            }
            let nodes = data["notifications"]["nodes"].as_array().unwrap();
            let unread = nodes
                .iter()
                .filter(|node| node["isRead"] == json!(false))
                .count();
            assert_eq!(
                data["notifications"]["unreadCount"],
                json!(unread),
                "notifications of {}",
                PEOPLE[number]
            );
            assert_eq!(data["unreadCounts"]["notifications"], json!(unread));
        }
    }
}
