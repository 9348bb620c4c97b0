//! The words every room uses: typed ids, time, the viewer, errors, pages and events.
//!
//! No SQL statement and no HTTP here (ids and moments know how they are stored, errors know what a
//! database error means). Read in this order: [`id`], [`time`], [`viewer`], [`error`], [`page`],
//! [`event`], [`state`].

pub mod error;
pub mod event;
pub mod id;
pub mod page;
pub mod payload;
pub mod state;
pub mod time;
pub mod viewer;
pub mod working_time;

pub use error::{Error, ErrorCode, Problem, Result};
pub use event::{Event, NewEvent, Position, Scope, SubjectRef};
pub use id::{
    AbsenceId, AccessTokenId, AssignmentId, AttachmentId, AudienceId, CalendarId, CommunityId,
    ContentId, ConversationId, DeliveryId, DispatchId, DispatchMessageId, DraftId, EventId,
    GlobalId, InvitationId, JoinRequestId, LetterId, LineGrantId, LineQuestionId, MembershipId,
    MessageId, NotificationId, OrgUnitId, PersonId, PersonalLookId, PollOptionId, PostId,
    PushDeviceId, ReorganisationId, ReplyId, ScheduledMessageId, SessionId, StandInId,
};
pub use page::{Cursor, Page, PageArgs, PageInfo};
pub use payload::{UserError, split};
pub use state::{ContentState, Transition};
pub use time::{Clock, Timestamp};
pub use viewer::{OrganisationRole, TokenScope, Viewer};
