//! The foundation: journal, people, communities, content, feeds, notifications, messages.

use sea_orm_migration::prelude::*;

use crate::schema;

/// See the module.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for part in [
            PLATFORM,
            IDENTITY,
            DIRECTORY,
            COMMUNITIES,
            CONTENT,
            POSTS,
            FEEDS,
            MESSAGING,
        ] {
            schema::run(manager, part).await?;
        }
        Ok(())
    }
}

const PLATFORM: &str = "
CREATE TABLE journal (
  sequence {sequence},
  transaction_id BIGINT NOT NULL,
  id {uuid} NOT NULL,
  kind TEXT NOT NULL,
  actor_id {uuid},
  subject_kind TEXT NOT NULL,
  subject_id {uuid} NOT NULL,
  root_id {uuid},
  scope_kind TEXT NOT NULL,
  scope_id {uuid},
  imported {bool} NOT NULL,
  payload TEXT NOT NULL,
  occurred_at {time} NOT NULL
)
;;
CREATE INDEX journal_order ON journal (transaction_id, sequence)
;;
CREATE INDEX journal_subject ON journal (subject_id)
;;
CREATE TABLE journal_cursors (
  name TEXT PRIMARY KEY,
  transaction_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE TABLE journal_floor (
  id INTEGER PRIMARY KEY,
  transaction_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL
)
;;
CREATE TABLE journal_parked (
  consumer TEXT NOT NULL,
  event_id {uuid} NOT NULL,
  transaction_id BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  error TEXT NOT NULL,
  parked_at {time} NOT NULL,
  PRIMARY KEY (consumer, event_id)
)
;;
CREATE TABLE import_keys (
  source TEXT NOT NULL,
  item TEXT NOT NULL,
  target_id {uuid} NOT NULL,
  PRIMARY KEY (source, item)
)
";

const IDENTITY: &str = "
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE TABLE people (
  id {uuid} PRIMARY KEY,
  handle TEXT NOT NULL,
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  email TEXT,
  title TEXT NOT NULL,
  about TEXT NOT NULL,
  about_html TEXT NOT NULL,
  pronunciation TEXT NOT NULL,
  location TEXT NOT NULL,
  avatar_id {uuid},
  avatar_color INTEGER NOT NULL,
  role TEXT NOT NULL,
  locale TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  theme TEXT NOT NULL,
  feed_order TEXT NOT NULL,
  default_notification_level TEXT NOT NULL,
  show_presence {bool} NOT NULL,
  send_typing {bool} NOT NULL,
  is_active {bool} NOT NULL,
  must_change_password {bool} NOT NULL,
  joined_at {time} NOT NULL,
  last_active_at {time},
  updated_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX people_handle ON people (handle)
;;
CREATE UNIQUE INDEX people_email ON people (email)
;;
CREATE INDEX people_search ON people (search_text, id, is_active)
;;
CREATE INDEX people_admins ON people (search_text, id, is_active) WHERE role = 'network_admin'
;;
CREATE TABLE identities (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  provider TEXT NOT NULL,
  subject TEXT NOT NULL,
  secret_hash TEXT,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX identities_subject ON identities (provider, subject)
;;
CREATE INDEX identities_person ON identities (person_id)
;;
CREATE TABLE sessions (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  user_agent TEXT NOT NULL,
  address TEXT NOT NULL,
  created_at {time} NOT NULL,
  last_used_at {time} NOT NULL,
  expires_at {time} NOT NULL,
  revoked_at {time}
)
;;
CREATE INDEX sessions_person ON sessions (person_id)
;;
CREATE INDEX sessions_expiry ON sessions (expires_at)
;;
CREATE TABLE refresh_tokens (
  hash TEXT PRIMARY KEY,
  session_id {uuid} NOT NULL REFERENCES sessions (id),
  created_at {time} NOT NULL,
  spent_at {time}
)
;;
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id)
;;
CREATE INDEX refresh_tokens_spent ON refresh_tokens (spent_at) WHERE spent_at IS NOT NULL
;;
CREATE TABLE access_tokens (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at {time} NOT NULL,
  last_used_at {time},
  expires_at {time},
  revoked_at {time}
)
;;
CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (hash)
;;
CREATE INDEX access_tokens_person ON access_tokens (person_id)
;;
CREATE TABLE signing_keys (
  id TEXT PRIMARY KEY,
  private_key TEXT NOT NULL,
  public_key TEXT NOT NULL,
  created_at {time} NOT NULL,
  retired_at {time}
)
;;
CREATE TABLE follows (
  follower_id {uuid} NOT NULL REFERENCES people (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  created_at {time} NOT NULL,
  PRIMARY KEY (follower_id, person_id)
)
;;
CREATE INDEX follows_person ON follows (person_id)
";

const DIRECTORY: &str = "
CREATE TABLE org_units (
  id {uuid} PRIMARY KEY,
  parent_id {uuid} REFERENCES org_units (id),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX org_units_code ON org_units (code)
;;
CREATE INDEX org_units_parent ON org_units (parent_id, name)
;;
CREATE TABLE assignments (
  id {uuid} PRIMARY KEY,
  unit_id {uuid} NOT NULL REFERENCES org_units (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  is_head {bool} NOT NULL,
  starts_at {time} NOT NULL,
  ends_at {time}
)
;;
CREATE INDEX assignments_unit ON assignments (unit_id, id)
;;
CREATE INDEX assignments_person ON assignments (person_id)
";

const COMMUNITIES: &str = "
CREATE TABLE communities (
  id {uuid} PRIMARY KEY,
  slug TEXT NOT NULL,
  name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  description TEXT NOT NULL,
  description_html TEXT NOT NULL,
  visibility TEXT NOT NULL,
  joining TEXT NOT NULL,
  posting TEXT NOT NULL,
  is_official {bool} NOT NULL,
  is_all_company {bool} NOT NULL,
  cover_color INTEGER NOT NULL,
  topics TEXT NOT NULL,
  member_count BIGINT NOT NULL,
  created_by {uuid} NOT NULL REFERENCES people (id),
  client_id {uuid},
  created_at {time} NOT NULL,
  updated_at {time} NOT NULL,
  archived_at {time}
)
;;
CREATE UNIQUE INDEX communities_slug ON communities (slug)
;;
CREATE UNIQUE INDEX communities_client ON communities (created_by, client_id)
;;
CREATE INDEX communities_order ON communities (search_text, id)
;;
CREATE UNIQUE INDEX communities_all_company ON communities (is_all_company) WHERE is_all_company
;;
CREATE TABLE community_slugs (
  slug TEXT PRIMARY KEY,
  community_id {uuid} NOT NULL REFERENCES communities (id)
)
;;
CREATE TABLE memberships (
  id {uuid} PRIMARY KEY,
  community_id {uuid} NOT NULL REFERENCES communities (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  role TEXT NOT NULL,
  is_muted {bool} NOT NULL,
  notification_level TEXT,
  since {time} NOT NULL
)
;;
CREATE UNIQUE INDEX memberships_community_person ON memberships (community_id, person_id)
;;
CREATE INDEX memberships_person ON memberships (person_id, community_id)
;;
CREATE INDEX memberships_role ON memberships (community_id, role, id)
;;
CREATE TABLE join_requests (
  id {uuid} PRIMARY KEY,
  community_id {uuid} NOT NULL REFERENCES communities (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  message TEXT NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX join_requests_community_person ON join_requests (community_id, person_id)
;;
CREATE INDEX join_requests_person ON join_requests (person_id)
;;
CREATE TABLE invitations (
  id {uuid} PRIMARY KEY,
  community_id {uuid} NOT NULL REFERENCES communities (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  invited_by {uuid} NOT NULL REFERENCES people (id),
  created_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX invitations_community_person ON invitations (community_id, person_id)
;;
CREATE INDEX invitations_person ON invitations (person_id)
";

// A published post is found by its feed key, a UUID v7 made when it was published; a draft or a
// scheduled post has none. Replies are ordered by the same key within their thread.
const CONTENT: &str = "
CREATE TABLE contents (
  id {uuid} PRIMARY KEY,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  author_id {uuid} NOT NULL REFERENCES people (id),
  community_id {uuid} REFERENCES communities (id),
  root_id {uuid} NOT NULL,
  parent_id {uuid},
  feed_key {uuid},
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  excerpt TEXT NOT NULL,
  language TEXT,
  label TEXT,
  revision INTEGER NOT NULL,
  imported {bool} NOT NULL,
  client_id {uuid},
  created_at {time} NOT NULL,
  published_at {time},
  edited_at {time},
  scheduled_for {time},
  expires_at {time},
  deleted_at {time},
  deleted_by {uuid}
)
;;
CREATE UNIQUE INDEX contents_client ON contents (author_id, client_id)
;;
CREATE INDEX contents_community_feed ON contents (community_id, feed_key)
  WHERE kind = 'post' AND state = 'published'
;;
CREATE INDEX contents_author_feed ON contents (author_id, feed_key)
  WHERE kind = 'post' AND state = 'published'
;;
CREATE INDEX contents_thread ON contents (root_id, feed_key) WHERE kind = 'reply'
;;
CREATE INDEX contents_scheduled ON contents (scheduled_for) WHERE state = 'scheduled'
;;
CREATE INDEX contents_expiring ON contents (expires_at) WHERE state = 'published' AND expires_at IS NOT NULL
;;
CREATE INDEX contents_author_unpublished ON contents (author_id, id) WHERE state IN ('draft', 'pending', 'scheduled')
;;
CREATE TABLE content_revisions (
  content_id {uuid} NOT NULL REFERENCES contents (id),
  number INTEGER NOT NULL,
  editor_id {uuid} NOT NULL REFERENCES people (id),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (content_id, number)
)
;;
CREATE TABLE threads (
  root_id {uuid} PRIMARY KEY REFERENCES contents (id),
  reply_count BIGINT NOT NULL,
  reaction_count BIGINT NOT NULL,
  last_activity_at {time} NOT NULL,
  closed_at {time},
  closed_by {uuid},
  close_reason TEXT,
  takes_answers {bool} NOT NULL,
  best_answer_id {uuid}
)
;;
CREATE TABLE thread_subscriptions (
  root_id {uuid} NOT NULL REFERENCES contents (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  state TEXT NOT NULL,
  updated_at {time} NOT NULL,
  PRIMARY KEY (root_id, person_id)
)
;;
CREATE INDEX thread_subscriptions_person ON thread_subscriptions (person_id, state, root_id)
;;
CREATE TABLE reactions (
  content_id {uuid} NOT NULL REFERENCES contents (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  emoji TEXT NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (content_id, emoji, person_id)
)
;;
CREATE INDEX reactions_person ON reactions (person_id, content_id)
;;
CREATE TABLE reaction_counts (
  content_id {uuid} NOT NULL REFERENCES contents (id),
  emoji TEXT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (content_id, emoji)
)
;;
CREATE TABLE attachments (
  id {uuid} PRIMARY KEY,
  owner_id {uuid} NOT NULL REFERENCES people (id),
  content_id {uuid} REFERENCES contents (id),
  place INTEGER NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  width INTEGER,
  height INTEGER,
  blob_key TEXT NOT NULL,
  thumbnail_key TEXT,
  thumbnail_type TEXT,
  alt_text TEXT NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE INDEX attachments_content ON attachments (content_id, place)
;;
CREATE INDEX attachments_owner ON attachments (owner_id, id)
;;
CREATE TABLE content_topics (
  topic {key} NOT NULL,
  content_id {uuid} NOT NULL REFERENCES contents (id),
  feed_key {uuid},
  PRIMARY KEY (topic, content_id)
)
;;
CREATE INDEX content_topics_feed ON content_topics (topic, feed_key) WHERE feed_key IS NOT NULL
;;
CREATE INDEX content_topics_content ON content_topics (content_id)
;;
CREATE TABLE topic_follows (
  person_id {uuid} NOT NULL REFERENCES people (id),
  topic {key} NOT NULL,
  created_at {time} NOT NULL,
  PRIMARY KEY (person_id, topic)
)
;;
CREATE TABLE mentions (
  content_id {uuid} NOT NULL REFERENCES contents (id),
  target_kind TEXT NOT NULL,
  target_id {uuid} NOT NULL,
  PRIMARY KEY (content_id, target_kind, target_id)
)
;;
CREATE INDEX mentions_target ON mentions (target_id, content_id)
;;
CREATE TABLE link_cards (
  url TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  site_name TEXT NOT NULL,
  failed {bool} NOT NULL,
  fetched_at {time} NOT NULL
)
;;
CREATE INDEX link_cards_wanted ON link_cards (url) WHERE fetched_at = 0
;;
CREATE TABLE content_links (
  content_id {uuid} NOT NULL REFERENCES contents (id),
  place INTEGER NOT NULL,
  url TEXT NOT NULL,
  PRIMARY KEY (content_id, place)
)
;;
CREATE INDEX content_links_url ON content_links (url, content_id)
;;
CREATE TABLE drafts (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  community_id {uuid},
  reply_to_id {uuid},
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  extras TEXT NOT NULL,
  attachment_ids TEXT NOT NULL,
  conflict_of {uuid},
  updated_at {time} NOT NULL
)
;;
CREATE INDEX drafts_person ON drafts (person_id, updated_at)
;;
CREATE TABLE draft_versions (
  draft_id {uuid} NOT NULL REFERENCES drafts (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  saved_at {time} NOT NULL,
  PRIMARY KEY (draft_id, version)
)
";

const POSTS: &str = "
CREATE TABLE posts (
  id {uuid} PRIMARY KEY REFERENCES contents (id),
  kind TEXT NOT NULL,
  pinned_at {time},
  pinned_by {uuid},
  pinned_in {uuid},
  moved_from {uuid},
  shared_from {uuid},
  badge TEXT,
  poll_multiple {bool},
  poll_anonymous {bool},
  poll_closes_at {time},
  poll_voter_count BIGINT,
  idea_state TEXT,
  idea_reason TEXT,
  idea_vote_count BIGINT,
  seen_count BIGINT
)
;;
CREATE INDEX posts_pinned ON posts (pinned_in, pinned_at) WHERE pinned_in IS NOT NULL
;;
CREATE INDEX posts_announcements ON posts (id) WHERE kind = 'announcement'
;;
CREATE INDEX posts_shared ON posts (shared_from) WHERE shared_from IS NOT NULL
;;
CREATE TABLE praise_people (
  post_id {uuid} NOT NULL REFERENCES posts (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  PRIMARY KEY (post_id, person_id)
)
;;
CREATE TABLE poll_options (
  id {uuid} PRIMARY KEY,
  post_id {uuid} NOT NULL REFERENCES posts (id),
  place INTEGER NOT NULL,
  text TEXT NOT NULL,
  vote_count BIGINT NOT NULL
)
;;
CREATE INDEX poll_options_post ON poll_options (post_id, place)
;;
CREATE TABLE poll_voters (
  post_id {uuid} NOT NULL REFERENCES posts (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  voted_at {time} NOT NULL,
  PRIMARY KEY (post_id, person_id)
)
;;
CREATE TABLE poll_votes (
  option_id {uuid} NOT NULL REFERENCES poll_options (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  PRIMARY KEY (option_id, person_id)
)
;;
CREATE TABLE idea_votes (
  post_id {uuid} NOT NULL REFERENCES posts (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  voted_at {time} NOT NULL,
  PRIMARY KEY (post_id, person_id)
)
;;
CREATE TABLE announcement_views (
  post_id {uuid} NOT NULL REFERENCES posts (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  seen_at {time} NOT NULL,
  PRIMARY KEY (post_id, person_id)
)
";

// Reading marks: `scope_id` is a community, or the nil UUID for everything (home). What was published
// up to the larger of the two `read_key`s is read, up to the larger of the two `visit_key`s it is not
// new any more.
const FEEDS: &str = "
CREATE TABLE feed_marks (
  person_id {uuid} NOT NULL REFERENCES people (id),
  scope_id {uuid} NOT NULL,
  read_key {uuid} NOT NULL,
  visit_key {uuid} NOT NULL,
  updated_at {time} NOT NULL,
  PRIMARY KEY (person_id, scope_id)
)
;;
CREATE TABLE feed_mark_undos (
  token {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  scope_id {uuid} NOT NULL,
  read_key {uuid} NOT NULL,
  visit_key {uuid} NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE INDEX feed_mark_undos_person ON feed_mark_undos (person_id)
;;
CREATE TABLE notifications (
  id {uuid} PRIMARY KEY,
  person_id {uuid} NOT NULL REFERENCES people (id),
  kind TEXT NOT NULL,
  bundle TEXT NOT NULL,
  actor_ids TEXT NOT NULL,
  actor_count INTEGER NOT NULL,
  post_id {uuid},
  reply_id {uuid},
  community_id {uuid},
  journal_transaction BIGINT NOT NULL,
  journal_sequence BIGINT NOT NULL,
  created_at {time} NOT NULL,
  read_at {time}
)
;;
CREATE INDEX notifications_person ON notifications (person_id, id)
;;
CREATE INDEX notifications_person_unread ON notifications (person_id, id) WHERE read_at IS NULL
;;
CREATE INDEX notifications_bundle ON notifications (person_id, bundle)
;;
CREATE UNIQUE INDEX notifications_unread ON notifications (person_id, bundle) WHERE read_at IS NULL
";

const MESSAGING: &str = "
CREATE TABLE conversations (
  id {uuid} PRIMARY KEY,
  member_key TEXT NOT NULL,
  created_by {uuid} NOT NULL REFERENCES people (id),
  last_message_id {uuid},
  activity_key {uuid} NOT NULL,
  created_at {time} NOT NULL
)
;;
CREATE UNIQUE INDEX conversations_members ON conversations (member_key)
;;
CREATE TABLE conversation_members (
  conversation_id {uuid} NOT NULL REFERENCES conversations (id),
  person_id {uuid} NOT NULL REFERENCES people (id),
  activity_key {uuid} NOT NULL,
  read_id {uuid} NOT NULL,
  PRIMARY KEY (conversation_id, person_id)
)
;;
CREATE INDEX conversation_members_person ON conversation_members (person_id, activity_key)
;;
CREATE INDEX conversation_members_unread ON conversation_members (person_id) WHERE activity_key > read_id
;;
CREATE TABLE messages (
  id {uuid} PRIMARY KEY,
  conversation_id {uuid} NOT NULL REFERENCES conversations (id),
  author_id {uuid} NOT NULL REFERENCES people (id),
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  client_id {uuid},
  imported {bool} NOT NULL,
  sent_at {time} NOT NULL
)
;;
CREATE INDEX messages_conversation ON messages (conversation_id, id)
;;
CREATE UNIQUE INDEX messages_client ON messages (author_id, client_id)
";
