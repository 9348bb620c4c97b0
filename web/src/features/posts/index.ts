/** Posts, feeds of posts and writing them; for the pages of other features. */
export { Attachments } from "./components/Attachments";
export { PostCard, type PostCardProps } from "./components/PostCard";
export { Reactions } from "./components/ReactionBar";
export { TypingLine } from "./components/TypingLine";
export { AttachmentEditor } from "./composer/AttachmentEditor";
export type { AttachedFile } from "./composer/draft";
export { ScheduleField } from "./composer/ScheduleField";
export { useUploads } from "./composer/useUploads";
export { FeedView, type FeedViewProps } from "./feed/FeedView";
export type { FeedScope } from "./feed/scope";
export { useFeed } from "./feed/useFeed";
export { AttachmentParts, PostCardParts, ReactionParts } from "./fragments";
export { typing } from "./typing";
export { useComposer } from "./useComposer";
