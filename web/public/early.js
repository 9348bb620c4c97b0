// Runs before the first paint and before the client has arrived. A separate file, because the
// content security policy allows no inline script.
(() => {
  // The remembered theme and language.
  const root = document.documentElement;
  try {
    const theme = localStorage.getItem("loggia.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const locale = localStorage.getItem("loggia.locale");
    if (locale === "de" || locale === "en") root.lang = locale;
    else if (/^de\b/i.test(navigator.language)) root.lang = "de";
  } catch {
    // Storage may be forbidden; the system theme then applies.
  }

  // The session's first question travels while the client is still on its way. It holds the same
  // lock as src/app/session, which takes the answer over instead of asking again.
  const ask = () =>
    fetch("/auth/refresh", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-Loggia": "1" },
      body: "{}",
    });
  const answer = navigator.locks ? navigator.locks.request("loggia-session", ask) : ask();
  answer.catch(() => {});
  window.loggiaEarlyRefresh = answer;
})();
