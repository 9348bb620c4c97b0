// The fixtures of every test: a server with the invented bank for each worker, browsers of people who are signed in,
// and a watch over all of them: nothing may leave the origin, break the content security policy or throw.

import {
  test as base, type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page, type Request,
} from "@playwright/test";
import { type Account, Api, password } from "./api.ts";
import { type Server, startServer } from "./server.ts";

export { expect };

type Open = (who: string | Account, path?: string, options?: BrowserContextOptions) => Promise<Page>;
type OpenAnonymous = (path?: string, options?: BrowserContextOptions) => Promise<Page>;

type Fixtures = {
  /** A browser of its own in which somebody is signed in. */
  open: Open;
  /** A browser of its own in which nobody is. */
  visit: OpenAnonymous;
  breaches: string[];
};

/** Tests that ask for another bank get a server of their own, which no other test has changed. */
type Workers = { bank: "shared" | "untouched"; house: Server; api: Api };

export const test = base.extend<Fixtures, Workers>({
  bank: ["shared", { scope: "worker", option: true }],
  house: [
    async ({ bank: _ }, use) => {
      const server = await startServer("bank");
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  api: [async ({ house }, use) => use(new Api(house.url)), { scope: "worker" }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is asked for
  breaches: async ({}, use) => {
    const breaches: string[] = [];
    await use(breaches);
    expect(breaches, "requests to other origins, breaches of the policy, errors on pages").toEqual([]);
  },

  visit: async ({ browser, house, breaches }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (path = "/", options = {}) => {
      const context = await newContext(browser, house.url, breaches, options);
      contexts.push(context);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
  },

  open: async ({ browser, house, breaches }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who, path = "/", options = {}) => {
      const context = await newContext(browser, house.url, breaches, options);
      contexts.push(context);
      await signIn(context, who);
      const page = await context.newPage();
      await page.goto(path);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

/** Gives a browser the session of somebody, as signing in would. */
export async function signIn(context: BrowserContext, who: string | Account) {
  const login = typeof who === "string" ? who : who.handle;
  const answer = await context.request.post("/auth/login", {
    headers: { "x-loggia": "1" },
    data: { login, password: typeof who === "string" ? password : who.password },
  });
  expect(answer.status(), `signing in as ${login}`).toBe(200);
}

/** The client has taken the place of what the server drew. */
export async function clientIsThere(page: Page) {
  await expect(page.locator("#first")).toHaveCount(0);
}

/** Going somewhere ends when the client answers, unless a test waits for something earlier itself. */
function waitForTheClient(page: Page) {
  const goto = page.goto.bind(page);
  const reload = page.reload.bind(page);
  page.goto = async (url, options) => {
    const response = await goto(url, options);
    if (!options?.waitUntil) await clientIsThere(page);
    return response;
  };
  page.reload = async (options) => {
    const response = await reload(options);
    if (!options?.waitUntil) await clientIsThere(page);
    return response;
  };
}

const unanswered = new WeakMap<BrowserContext, Set<Request>>();

/**
 * Everything that was sent has its answer. Pages show at once what somebody did; whoever leaves a page faster than the
 * line carries it takes it along.
 */
export async function answered(page: Page) {
  await expect.poll(() => unanswered.get(page.context())?.size).toBe(0);
}

/** A browser that writes down what no page may do. */
export async function newContext(
  browser: Browser, url: string, breaches: string[], options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: url, ...options });
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^https?:|^wss?:/.test(protocol) && origin !== url) breaches.push(`request to ${request.url()}`);
  });
  const open = new Set<Request>();
  unanswered.set(context, open);
  context.on("request", (request) => request.method() === "POST" && open.add(request));
  for (const end of ["requestfinished", "requestfailed"] as const) context.on(end, (request) => open.delete(request));
  context.on("weberror", (error) => breaches.push(`error: ${error.error().message}`));
  await context.exposeBinding("loggiaBreach", (_, what: string) => breaches.push(what));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (window as any).loggiaBreach(`policy: ${event.effectiveDirective} ${event.blockedURI} on ${location.pathname}`);
    });
  });
  context.on("page", (page) => {
    waitForTheClient(page);
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== new URL(url).host) breaches.push(`socket to ${socket.url()}`);
    });
  });
  return context;
}
