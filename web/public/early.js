// Runs before the first paint and before the client has arrived. A separate file, because the
// content security policy allows no inline script.
(() => {
  const root = document.documentElement;
  // Whose posts stand in the page already, if the server has put them there; the theme and language
  // of that person are on the root.
  const owner = root.dataset.first;
  if (owner) {
    try {
      if (root.dataset.theme) localStorage.setItem("loggia.theme", root.dataset.theme);
      else localStorage.removeItem("loggia.theme");
      localStorage.setItem("loggia.locale", root.lang);
    } catch {
      // Storage may be forbidden; the next page asks anew.
    }
    attend();
  }

  // The remembered theme and language.
  try {
    const theme = localStorage.getItem("loggia.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    const locale = localStorage.getItem("loggia.locale");
    if (locale === "de" || locale === "en") root.lang = locale;
    else if (/^de\b/i.test(navigator.language)) root.lang = "de";
  } catch {
    // Storage may be forbidden; the system theme then applies.
  }
  // The font of the texts is heavy: the first visit reads in the device's, and src/app/font brings
  // ours for the next.
  try {
    if (!localStorage.getItem("loggia.font")) root.dataset.font = "device";
  } catch {
    // Then ours comes as it comes.
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

  // The answers are in the page; src/app/firstPage takes them from there.
  if (owner) return;
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

  // Does for the server's posts what cannot wait for the client: cuts long texts as Clamp does, and
  // keeps what was pressed, which src/app/firstPage then presses again.
  function attend() {
    const boxes = document.getElementsByClassName("loggia-uncut");
    const cut = () => {
      const arrived = [...boxes].map((box) => [box, box.firstElementChild]);
      for (const [box, text] of arrived) {
        box.classList.remove("loggia-uncut");
        text.className = box.dataset.cut;
      }
      for (const [box, text] of arrived) {
        const { scrollHeight, clientHeight } = text;
        if (scrollHeight <= clientHeight + 4) continue;
        if (scrollHeight < clientHeight * 1.2) open(box);
        else {
          text.classList.add(box.dataset.fades);
          box.lastElementChild.hidden = false;
        }
      }
      if (!document.getElementById("answers")) requestAnimationFrame(cut);
    };
    const open = (box) => {
      box.firstElementChild.className = "";
      box.lastElementChild.hidden = true;
    };
    requestAnimationFrame(cut);
    document.addEventListener("click", ({ target }) => {
      const button = target instanceof Element && target.closest("#first button");
      if (!button) return;
      if (button.parentElement.dataset.cut) open(button.parentElement);
      else {
        window.loggiaPressed?.removeAttribute("aria-busy");
        window.loggiaPressed = button;
        button.setAttribute("aria-busy", "true");
      }
    });
  }
})();
