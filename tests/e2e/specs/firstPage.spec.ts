// What the server draws before the client has arrived: it is there, it is the same, and nothing moves when the
// client takes its place.

import AxeBuilder from "@axe-core/playwright";
import type { BrowserContextOptions, Page } from "@playwright/test";
import { type Account, type Api } from "../lib/api.ts";
import { homeIsThere } from "../lib/steps.ts";
import { clientIsThere, expect, newContext, signIn, test } from "../lib/test.ts";
import { de, type Locale, words } from "../lib/words.ts";

/** Keeps the client from arriving until it is let in. */
async function withoutClient(page: Page, scripts = /\/assets\/shell-[^/]*\.js$/): Promise<() => void> {
  let letIn = () => {};
  const held = new Promise<void>((done) => {
    letIn = done;
  });
  await page.route(scripts, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  await expect(page.locator("#first article").first()).toBeVisible();
  // Long texts are cut before the first frame.
  await expect(page.locator("#first .loggia-uncut")).toHaveCount(0);
  return letIn;
}

/** What a page shows of its posts, and where. */
function shown(page: Page, within: string) {
  return page.locator(within).evaluate((root) => {
    const words = (element: Element) => (element as HTMLElement).innerText.replace(/\s+/g, " ").trim();
    const place = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left, top + scrollY, width, height].map(Math.round).join(" ");
    };
    const visible = (element: Element) => element.checkVisibility({ visibilityProperty: true });
    const posts = [...root.querySelectorAll("article[data-post]")].map((post) => ({
      id: post.getAttribute("data-post"),
      place: place(post),
      words: words(post),
      moments: [...post.querySelectorAll("time")].map((time) => `${time.dateTime} ${time.textContent}`),
      links: [...post.querySelectorAll("a")].map((link) => `${link.getAttribute("href")} ${link.textContent?.trim()}`),
      buttons: [...post.querySelectorAll("button")].filter(visible).map((button) => button.ariaLabel ?? words(button)),
    }));
    const frame = [...root.querySelectorAll("header, nav, h1")]
      .filter((part) => !part.closest("article, aside"))
      .map((part) => `${place(part)} ${words(part)}`);
    return { posts, frame };
  });
}

type Look = { locale: Locale; theme: "LIGHT" | "DARK"; width: number };
const looks: Look[] = [
  { locale: "de", theme: "LIGHT", width: 1280 },
  { locale: "en", theme: "DARK", width: 360 },
];

async function wearing(api: Api, who: string | Account, { locale, theme }: Look) {
  await api.settings(who, { locale, theme, timeZone: "Europe/Berlin" });
}

for (const look of looks) {
  const { locale, theme, width } = look;
  test(`the server's page is the client's (${locale}, ${theme.toLowerCase()}, ${width} px)`, async ({ api, breaches, browser, house }) => {
    const t = words(locale);
    // The device says the opposite of the person in everything; the person is right.
    const options: BrowserContextOptions = {
      locale: locale === "de" ? "en-GB" : "de-DE", colorScheme: theme === "DARK" ? "light" : "dark",
      viewport: { width, height: 900 },
    };
    await wearing(api, "katharina.wolff", look);
    const context = await newContext(browser, house.url, breaches, options);
    await signIn(context, "katharina.wolff");
    const page = await context.newPage();
    await page.addInitScript(() => {
      (window as any).shifts = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) (window as any).shifts += (entry as any).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    const letIn = await withoutClient(page);

    await expect(page.locator("html")).toHaveAttribute("lang", locale);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme.toLowerCase());
    await homeIsThere(page, t);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    expect(serious.map(({ id, nodes }) => `${id} at ${nodes[0]?.target}`)).toEqual([]);

    const drawn = await shown(page, "#first");
    expect(drawn.posts.length).toBeGreaterThan(3);
    letIn();
    await clientIsThere(page);
    await expect(page.locator("#root article").nth(drawn.posts.length - 1)).toBeVisible();
    const taken = await shown(page, "#root");
    expect(taken.posts.slice(0, drawn.posts.length)).toEqual(drawn.posts);
    expect(taken.frame).toEqual(drawn.frame);
    expect(await page.evaluate(() => (window as any).shifts)).toBeLessThan(0.01);
    await context.close();
    await api.settings("katharina.wolff", { locale: "de", theme: "SYSTEM", timeZone: "" });
  });
}

test("all kinds of posts look the same before and after", async ({ api, breaches, browser, house }) => {
  const writer = await api.newPerson("Ingo Kern");
  const { id } = await api.newCommunity(writer, "Allerlei & <mehr>");
  const options = ["Tee", "Kaffee"].map((text) => text);
  const poll = await api.newPost(writer, id, "Was trinken wir?", { kind: "POLL", poll: { options, isMultipleChoice: false, isAnonymous: false } });
  const { post } = await api.ask(writer, "query($id: ID!) { post(id: $id) { poll { options { id } } } }", { id: poll });
  await api.ask(writer, "mutation($input: PollVoteInput!) { pollVote(input: $input) { userErrors { code message } } }",
    { input: { postId: poll, optionIds: [post.poll.options[0].id] } });
  const praised = await api.personId("lena.carstens");
  await api.newPost(writer, id, "Danke!", { kind: "PRAISE", praise: { badge: "TEAM_PLAYER", personIds: [praised] } });
  await api.newPost(writer, id, "Mehr **Pflanzen** & <i>Licht</i>", { kind: "IDEA", title: "Ein \"grünes\" Büro" });
  await api.newPost(writer, id, "Ein langer Text.\n\n".repeat(40), { topics: ["ganz-lang"] });
  const question = await api.newPost(writer, id, "Wo liegt der Schlüssel?", { kind: "QUESTION", title: "Schlüssel" });
  await api.newReply(writer, question, "Unter der Matte.");

  const context = await newContext(browser, house.url, breaches);
  await signIn(context, writer);
  const page = await context.newPage();
  const letIn = await withoutClient(page);
  const drawn = await shown(page, "#first");
  for (const each of ["Tee", "Danke!", "Ein \"grünes\" Büro", "Unter der Matte.", "Lena Carstens", de("posts:more")])
    expect(drawn.posts.map(({ words: text }) => text).join("\n")).toContain(each);
  letIn();
  await clientIsThere(page);
  await expect(page.locator("#root article").nth(drawn.posts.length - 1)).toBeVisible();
  const taken = await shown(page, "#root");
  expect(taken.posts.slice(0, drawn.posts.length)).toEqual(drawn.posts);
  await context.close();
});

test("posts can be read and their links lead somewhere when no script comes at all", async ({ breaches, browser, house }) => {
  const context = await newContext(browser, house.url, breaches, { javaScriptEnabled: false });
  await signIn(context, "claudia.jansen");
  const page = await context.newPage();
  await page.goto("/", { waitUntil: "load" });
  await homeIsThere(page, de);
  const title = page.getByRole("article").getByRole("heading").getByRole("link").first();
  await expect(title).toBeVisible();
  const address = await title.getAttribute("href");
  await title.click();
  await expect(page).toHaveURL(new RegExp(`${address}$`));
  await context.close();
});

test("what one has scrolled to stays, and what one has pressed happens", async ({ breaches, browser, house }) => {
  const context = await newContext(browser, house.url, breaches);
  await signIn(context, "claudia.jansen");
  const page = await context.newPage();
  const letIn = await withoutClient(page);
  const post = page.locator("#first article").nth(3);
  const id = await post.getAttribute("data-post");
  await post.evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
  const top = () => page.locator(`article[data-post="${id}"]:visible`).evaluate((element) => Math.round(element.getBoundingClientRect().top));
  const before = await top();
  await post.getByRole("button", { name: de("posts:reply.action"), exact: true }).click();
  letIn();
  await clientIsThere(page);
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  const own = page.locator(`#root article[data-post="${id}"]`);
  await expect(own.getByRole("textbox", { name: de("posts:reply.label") })).toBeVisible();
  await context.close();
});

test("the focus stays on the link it was on", async ({ breaches, browser, house }) => {
  const context = await newContext(browser, house.url, breaches);
  await signIn(context, "claudia.jansen");
  const page = await context.newPage();
  const letIn = await withoutClient(page);
  const author = page.locator("#first article").nth(1).getByRole("link").first();
  const name = await author.innerText();
  await author.focus();
  letIn();
  await clientIsThere(page);
  await expect(page.locator("#root article").nth(1).getByRole("link", { name }).first()).toBeFocused();
  await context.close();
});

test("whoever signs in meanwhile sees nothing of the one before", async ({ api, breaches, browser, house }) => {
  const first = await api.newPerson("Frida Erst");
  const second = await api.newPerson("Zeno Zweit");
  const { id } = await api.newCommunity(first, "Fridas Zimmer", { visibility: "PRIVATE", joining: "INVITE_ONLY" });
  await api.newPost(first, id, "Nur für Frida.");
  const context = await newContext(browser, house.url, breaches);
  await signIn(context, first);
  const page = await context.newPage();
  // early.js asks for the session; it comes after the other person has signed in.
  let letIn = () => {};
  const held = new Promise<void>((done) => {
    letIn = done;
  });
  await page.route(/\/assets\/(early|shell)-[^/]*\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/", { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-first", /./);
  await signIn(context, second);
  letIn();
  await clientIsThere(page);
  await expect(page.getByRole("button", { name: de("shell:menu.label", { name: second.name }) })).toBeVisible();
  await expect(page.getByText("Nur für Frida.")).toHaveCount(0);
  await expect(page.getByText(first.name)).toHaveCount(0);
  await context.close();
});

test("the page has no posts for somebody who has signed out", async ({ api, open }) => {
  const person = await api.newPerson("Vera Weg");
  const page = await open(person);
  expect(await (await page.request.get("/")).text()).toContain("data-first");
  await page.getByRole("button", { name: de("shell:menu.label", { name: person.name }) }).click();
  await page.getByRole("menuitem", { name: de("shell:menu.signOut") }).click();
  await expect(page.getByRole("button", { name: de("auth:login.submit") })).toBeVisible();
  expect(await (await page.request.get("/")).text()).not.toContain("data-first");
});
