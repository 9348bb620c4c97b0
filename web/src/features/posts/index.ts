/** Posts, feeds of posts and writing them; for the pages of other features. */
export { PostCard, type PostCardProps } from "./components/PostCard";
export { FeedView, type FeedViewProps } from "./feed/FeedView";
export type { FeedScope } from "./feed/scope";
export { useFeed } from "./feed/useFeed";
export { PostCardParts } from "./fragments";
export { useComposer } from "./useComposer";
