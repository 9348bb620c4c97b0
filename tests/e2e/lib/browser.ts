/** Debian's Chromium, kept from calling anybody. */
export const browser = {
  browserName: "chromium",
  headless: true,
  viewport: { width: 1280, height: 900 },
  locale: "de-DE",
  timezoneId: "Europe/Berlin",
  launchOptions: {
    executablePath: process.env.LOGGIA_CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  },
} as const;
