//! The GraphQL types of this room are those the clients were promised.

use async_graphql::SDLExportOptions;

use crate::world::roots_text;

/// Types of this room, one line each, as agreed with the clients.
const CONTRACT: &str = "
enum FeedOrder { LATEST RANKED }
enum FeedReasonCode { ANNOUNCEMENT_UNSEEN MENTIONED FOLLOWED_PERSON FOLLOWED_THREAD FOLLOWED_TOPIC OWN_POST UNANSWERED_QUESTION POPULAR COMMUNITY_MEMBER PUBLIC_COMMUNITY }
type FeedReason { code: FeedReasonCode! weight: Float! person: Person topic: String }
type FeedEdge { cursor: String! node: Post! reasons: [FeedReason!]! score: Float! isNew: Boolean! }
type FeedConnection { edges: [FeedEdge!]! nodes: [Post!]! pageInfo: PageInfo! newSince: DateTime newCount: Int! liveCursor: String! }
type CommunityUnread { community: Community! count: Int! }
type UnreadCounts { home: Int! notifications: Int! messages: Int! dispatches: Int! communities: [CommunityUnread!]! liveCursor: String! }
input FeedScopeInput @oneOf { home: Boolean following: Boolean communityId: ID topic: String personId: ID postId: ID }
union FeedEvent = PostPublishedEvent | PostChangedEvent | PostRemovedEvent | PostCountersEvent | ReplyPublishedEvent | ReplyChangedEvent | TypingEvent | CaughtUpEvent | ReloadRequiredEvent
type PostPublishedEvent { cursor: String! post: Post! }
type PostChangedEvent { cursor: String! post: Post! }
type PostRemovedEvent { cursor: String! postId: ID! }
type PostCountersEvent { cursor: String! post: Post! }
type ReplyPublishedEvent { cursor: String! post: Post! reply: Reply! }
type ReplyChangedEvent { cursor: String! reply: Reply! }
type TypingEvent { cursor: String! postId: ID! person: Person! }
type CaughtUpEvent { cursor: String! }
type ReloadRequiredEvent { cursor: String! reason: String! }
type PresenceEvent { person: Person! }
type DonePayload { done: Boolean! userErrors: [UserError!]! }
input FeedMarkReadInput { communityId: ID }
type FeedMarkReadPayload { undoToken: String unread: UnreadCounts userErrors: [UserError!]! }
input FeedMarkReadUndoInput { undoToken: String! }
input FeedVisitInput { scopeCommunityId: ID }
input TypingInput { postId: ID! }
";

const FIELDS: &[&str] = &[
    "homeFeed(order: FeedOrder! = LATEST, first: Int!, after: String): FeedConnection!",
    "followingFeed(first: Int!, after: String): FeedConnection!",
    "communityFeed(communityId: ID!, kind: PostKind, first: Int!, after: String): FeedConnection!",
    "topicFeed(topic: String!, first: Int!, after: String): FeedConnection!",
    "personFeed(personId: ID!, first: Int!, after: String): FeedConnection!",
    "unreadCounts: UnreadCounts!",
    "feedMarkRead(input: FeedMarkReadInput!): FeedMarkReadPayload!",
    "feedMarkReadUndo(input: FeedMarkReadUndoInput!): FeedMarkReadPayload!",
    "feedVisit(input: FeedVisitInput!): DonePayload!",
    "typing(input: TypingInput!): DonePayload!",
    "feedEvents(scope: FeedScopeInput!, after: String): FeedEvent!",
    "presenceEvents(personIds: [ID!]!): PresenceEvent!",
];

/// The schema without descriptions, with single spaces.
fn bare(sdl: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for line in sdl.lines() {
        if line.trim() == "\"\"\"" {
            inside = !inside;
        } else if !inside {
            text.push_str(line);
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes descriptions out of the arguments of one line.
fn without_texts(text: &str) -> String {
    let mut parts = text.split("\"\"\"").enumerate();
    let kept: Vec<&str> = parts
        .by_ref()
        .filter(|(place, _)| place % 2 == 0)
        .map(|(_, part)| part)
        .collect();
    kept.join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn types_and_fields_are_as_agreed() {
    let sdl = without_texts(&bare(&roots_text(SDLExportOptions::new())));
    let plain = sdl.replace("( ", "(").replace(" )", ")");
    for line in CONTRACT.lines().filter(|line| !line.is_empty()) {
        assert!(plain.contains(line), "not as agreed: {line}\n{plain}");
    }
    for field in FIELDS {
        assert!(plain.contains(field), "not as agreed: {field}\n{plain}");
    }
}

#[test]
fn everything_is_described() {
    let sdl = roots_text(SDLExportOptions::new());
    let lines: Vec<&str> = sdl.lines().map(str::trim).collect();
    for (place, line) in lines.iter().enumerate() {
        let is_ours = [
            "type Feed",
            "type Unread",
            "type CommunityUnread",
            "input Feed",
            "type Typing",
        ];
        if is_ours.iter().any(|start| line.starts_with(start)) {
            assert_eq!(lines[place - 1], "\"\"\"", "no description: {line}");
        }
    }
}
