import { textsOf } from "@/i18n";
import { showToast } from "@/ui";

/**
 * After an update of the server the chunks of the old client are gone. When one cannot be loaded,
 * the person is offered to reload; what is written stays in the drafts.
 */
export function offerNewVersion() {
  let isOffered = false;
  window.addEventListener("vite:preloadError", () => {
    if (isOffered || !navigator.onLine) return;
    isOffered = true;
    const t = textsOf(["common", "shell"]);
    const action = { label: t("action.reload"), onAction: () => location.reload() };
    showToast(t("shell:newVersion"), { action, durationMs: 120_000 });
  });
}
