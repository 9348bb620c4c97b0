//! The Mattermost bulk-load format, version 1: one JSON object on each line, in this order: version,
//! (scheme, role, emoji), team, channel, user, post, `direct_channel`, `direct_post`.
//! Source: Mattermost documentation, "Bulk loading data". Unknown fields are ignored.

use serde::Deserialize;

/// One line of the file.
#[derive(Debug, Deserialize)]
pub struct Line {
    /// What the line holds.
    #[serde(rename = "type")]
    pub kind: String,
    /// Version of the format, on the first line.
    pub version: Option<i64>,
    /// A team.
    pub team: Option<serde::de::IgnoredAny>,
    /// A channel.
    pub channel: Option<Channel>,
    /// A person.
    pub user: Option<User>,
    /// A thread.
    pub post: Option<Post>,
    /// A private conversation.
    pub direct_channel: Option<DirectChannel>,
    /// A message in a private conversation.
    pub direct_post: Option<DirectPost>,
}

/// A channel.
#[derive(Debug, Deserialize)]
pub struct Channel {
    /// Name of its team.
    pub team: String,
    /// Name in addresses.
    pub name: String,
    /// Name for people.
    #[serde(default)]
    pub display_name: String,
    /// `O` open or `P` private.
    #[serde(rename = "type", default)]
    pub kind: String,
    /// Short text above the channel.
    #[serde(default)]
    pub header: String,
    /// What it is for.
    #[serde(default)]
    pub purpose: String,
}

/// A person.
#[derive(Debug, Deserialize)]
pub struct User {
    /// Name to sign in with and to be mentioned by.
    pub username: String,
    /// E-mail address.
    #[serde(default)]
    pub email: String,
    /// First name.
    #[serde(default)]
    pub first_name: String,
    /// Last name.
    #[serde(default)]
    pub last_name: String,
    /// Name instead of first and last name.
    #[serde(default)]
    pub nickname: String,
    /// Position in the organisation.
    #[serde(default)]
    pub position: String,
    /// Language.
    #[serde(default)]
    pub locale: String,
    /// Roles for the whole system, separated by spaces.
    #[serde(default)]
    pub roles: String,
    /// When the account was closed (milliseconds); 0 while it is open.
    #[serde(default)]
    pub delete_at: i64,
    /// Teams and channels the person is in.
    #[serde(default)]
    pub teams: Option<Vec<UserTeam>>,
}

/// A person's membership in a team.
#[derive(Debug, Deserialize)]
pub struct UserTeam {
    /// Name of the team.
    pub name: String,
    /// Channels of the team the person is in.
    #[serde(default)]
    pub channels: Option<Vec<UserChannel>>,
}

/// A person's membership in a channel.
#[derive(Debug, Deserialize)]
pub struct UserChannel {
    /// Name of the channel.
    pub name: String,
    /// Roles in the channel, separated by spaces.
    #[serde(default)]
    pub roles: String,
}

/// A thread with its replies.
#[derive(Debug, Deserialize)]
pub struct Post {
    /// Name of the team.
    pub team: String,
    /// Name of the channel.
    pub channel: String,
    /// Who wrote it.
    pub user: String,
    /// Text (Markdown).
    pub message: String,
    /// When (milliseconds).
    pub create_at: i64,
    /// Answers.
    #[serde(default)]
    pub replies: Option<Vec<Reply>>,
    /// Reactions.
    #[serde(default)]
    pub reactions: Option<Vec<Reaction>>,
    /// Files.
    #[serde(default)]
    pub attachments: Option<Vec<Attachment>>,
}

/// An answer.
#[derive(Debug, Deserialize)]
pub struct Reply {
    /// Who wrote it.
    pub user: String,
    /// Text (Markdown).
    pub message: String,
    /// When (milliseconds).
    pub create_at: i64,
    /// Reactions.
    #[serde(default)]
    pub reactions: Option<Vec<Reaction>>,
    /// Files.
    #[serde(default)]
    pub attachments: Option<Vec<Attachment>>,
}

/// A reaction.
#[derive(Debug, Clone, Deserialize)]
pub struct Reaction {
    /// Who.
    pub user: String,
    /// Name of the emoji, without colons.
    pub emoji_name: String,
    /// When (milliseconds).
    #[serde(default)]
    pub create_at: i64,
}

/// A file, by its path relative to the import file.
#[derive(Debug, Clone, Deserialize)]
pub struct Attachment {
    /// The path.
    pub path: String,
}

/// A private conversation.
#[derive(Debug, Deserialize)]
pub struct DirectChannel {
    /// Who is in it.
    pub members: Vec<String>,
}

/// A message in a private conversation.
#[derive(Debug, Deserialize)]
pub struct DirectPost {
    /// Who is in the conversation.
    pub channel_members: Vec<String>,
    /// Who wrote it.
    pub user: String,
    /// Text (Markdown).
    pub message: String,
    /// When (milliseconds).
    pub create_at: i64,
    /// Answers.
    #[serde(default)]
    pub replies: Option<Vec<Reply>>,
    /// Reactions.
    #[serde(default)]
    pub reactions: Option<Vec<Reaction>>,
    /// Files.
    #[serde(default)]
    pub attachments: Option<Vec<Attachment>>,
}
