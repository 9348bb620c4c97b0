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

  // So do the texts and the first questions, as build/early.ts has planned them; src/graphql/early
  // takes the answers over.
  const plan = JSON.parse(document.getElementById("early")?.textContent || "null");
  if (!plan) return;
  const texts = document.createElement("link");
  texts.rel = "modulepreload";
  texts.crossOrigin = "";
  texts.href = plan.texts[root.lang];
  document.head.append(texts);

  try {
    const order = localStorage.getItem("loggia.feedOrder");
    if (order) plan.queries.HomeFeed.variables.order = order;
  } catch {
    // The usual order then.
  }
  const token = answer.then((response) =>
    response.ok ? response.clone().json() : Promise.reject(),
  );
  const wanted = location.pathname === "/" ? ["Viewer", "HomeFeed"] : ["Viewer"];
  window.loggiaEarly = new Map(
    wanted.map((name) => {
      const { query, variables } = plan.queries[name];
      const response = token.then(({ accessToken }) =>
        fetch("/graphql", {
          method: "POST",
          credentials: "same-origin",
          headers: {
            "Content-Type": "application/json",
            Accept: "application/graphql-response+json",
            Authorization: `Bearer ${accessToken}`,
            "X-Loggia": "1",
          },
          body: JSON.stringify({ operationName: name, query, variables }),
        }),
      );
      response.catch(() => {});
      return [name, { variables, askedAt: Date.now(), response }];
    }),
  );
})();
