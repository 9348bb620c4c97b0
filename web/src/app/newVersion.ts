import i18next from "i18next";
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
    const action = { label: i18next.t("common:action.reload"), onAction: () => location.reload() };
    showToast(i18next.t("shell:newVersion"), { action, durationMs: 120_000 });
  });
}
