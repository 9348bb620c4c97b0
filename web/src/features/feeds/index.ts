/** Feeds as pages; the feed itself is `FeedView` of features/posts. */
export { useMarkRead } from "./useMarkRead";
