/**
 * Brings the font of our texts when the page stands, so that the first posts do not wait for it.
 * The first visit goes on in the device's font: nothing jumps under the reader's eyes. From the next
 * page on early.js knows that the font is there.
 */
export function bringFont() {
  if (document.documentElement.dataset.font !== "device") return;
  const load = () =>
    void document.fonts
      .load('1em "Loggia Sans"')
      .then(() => localStorage.setItem("loggia.font", "kept"))
      .catch(() => undefined);
  if (typeof requestIdleCallback === "function") requestIdleCallback(load, { timeout: 10_000 });
  else setTimeout(load, 3_000);
}
