import { showToast } from "@/ui";

/** Puts an address of ours on the clipboard; shows it where that is forbidden. */
export async function copyLink(path: string, done: string) {
  const url = new URL(path, location.origin).href;
  try {
    await navigator.clipboard.writeText(url);
    showToast(done, { tone: "success" });
  } catch {
    showToast(url, { durationMs: 20_000 });
  }
}
