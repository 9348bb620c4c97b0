// Applies the remembered theme and language before the first paint. A separate
// file, because the content security policy allows no inline script.
(() => {
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
})();
