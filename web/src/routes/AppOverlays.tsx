import { PostOverlays } from "@/features/posts/components/PostOverlays";

/** What may open over any page. Features add their own here, lazily. */
export function AppOverlays() {
  return <PostOverlays />;
}
