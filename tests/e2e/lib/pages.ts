// Every page and main state of the client: the list that axe, the phone test and the screenshots walk through.

import { randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import type { Answer, Api } from "./api.ts";
import { de, en, type Words } from "./words.ts";

export type Place = {
  name: string;
  /** Who looks at it; nobody for pages before signing in. */
  who: "katharina.wolff" | "claudia.jansen" | null;
  path: string;
  /** Brings the page into the state that is meant, when its address alone does not. */
  act?: (page: Page, t: Words) => Promise<void>;
};

export const settingsSections = ["profile", "absence", "appearance", "notifications", "privacy", "security", "tokens"];
export const adminSections = ["people", "communities", "line", "calendars", "notifications", "reorganisations", "health", "organisation"];

/** Files in which a teller moves to a branch that is not there yet. */
export function tomorrow() {
  return {
    people: "id,name,email,title,location\n" +
      "9001,Lena Carstens,lena.carstens@lindenbank.example,Beraterin,Plön\n" +
      "9002,Arno Tiedemann,arno.tiedemann@lindenbank.example,Filialleiter,Plön\n",
    orgUnits: "code,parent_code,name,type\nPLOEN,,Filiale Plön am See,branch\n",
    assignments: "person,unit,role,head\n9001,PLOEN,Beraterin,no\n9002,PLOEN,Filialleiter,yes\n",
  };
}

/** All of them, with addresses from what is in the bank. */
export async function places(api: Api): Promise<Place[]> {
  const who = "claudia.jansen" as const;
  const { conversationStart } = await api.ask(who,
    `mutation($input: ConversationStartInput!) {
       conversationStart(input: $input) { conversation { id } userErrors { code message } }
     }`,
    { input: { clientId: randomUUID(), personIds: [await api.personId("lena.carstens")] } });
  const conversation = conversationStart.conversation.id;
  await api.ask(who,
    "mutation($input: MessageSendInput!) { messageSend(input: $input) { userErrors { code message } } }",
    { input: { clientId: randomUUID(), conversationId: conversation, body: "Hallo Lena, wie war der **Montag**?" } });
  const { homeFeed, communities } = await api.ask(who,
    `{ homeFeed(first: 40) { edges { node { id kind replyCount } } }
       communities(first: 20, scope: MINE) { nodes { slug visibility } } }`);
  const posts: Answer[] = homeFeed.edges.map((edge: Answer) => edge.node);
  const thread = posts.reduce((most, post) => (post.replyCount > most.replyCount ? post : most));
  const slug = communities.nodes[0].slug;
  const { dispatches } = await api.ask(who, "{ dispatches(box: SENT, first: 10) { nodes { id isMustRead } } }");
  const dispatch = dispatches.nodes.find((each: Answer) => each.isMustRead).id;
  const { reorganisationRehearse } = await api.ask("katharina.wolff",
    `mutation($input: ReorganisationRehearseInput!) {
       reorganisationRehearse(input: $input) { reorganisation { id } userErrors { code message } }
     }`, { input: tomorrow() });
  const reorganisation = reorganisationRehearse.reorganisation.id;
  return [
    { name: "login", who: null, path: "/login" },
    { name: "home", who, path: "/" },
    { name: "following", who, path: "/following" },
    { name: "thread", who, path: `/posts/${thread.id}` },
    { name: "not-found-post", who, path: "/posts/post_00000000000000000000000000000000" },
    { name: "composer", who, path: "/", act: async (page, t) => {
      await expect(page.getByRole("feed").getByRole("article").first()).toBeVisible();
      await page.keyboard.press("c");
      await expect(page.getByRole("dialog").getByRole("textbox", { name: t("posts:composer.text") })).toBeVisible();
    } },
    { name: "shortcuts", who, path: "/", act: async (page, t) => {
      await expect(page.getByRole("feed").getByRole("article").first()).toBeVisible();
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: t("shell:shortcuts.title") })).toBeVisible();
    } },
    { name: "topic", who, path: "/topics/service" },
    { name: "drafts", who, path: "/drafts" },
    { name: "scheduled", who, path: "/scheduled" },
    { name: "communities", who, path: "/communities" },
    { name: "communities-discover", who, path: "/communities?tab=discover" },
    { name: "community", who, path: `/communities/${slug}` },
    { name: "community-members", who, path: `/communities/${slug}?tab=members` },
    { name: "community-about", who, path: `/communities/${slug}?tab=about` },
    { name: "people", who, path: "/people" },
    { name: "profile", who, path: "/people/henrike.lindner" },
    { name: "own-profile", who, path: "/people/claudia.jansen" },
    { name: "organisation", who, path: "/organisation" },
    { name: "audiences", who, path: "/audiences" },
    { name: "audience-new", who, path: "/audiences/new", act: async (page, t) => {
      await page.getByRole("button", { name: t("audiences:build.add") }).click();
      await page.getByRole("menuitem", { name: new RegExp(`^${t("audiences:build.place")}`) }).click();
      await page.getByRole("combobox", { name: t("audiences:build.units") }).fill("bezirk");
      await expect(page.getByRole("option", { name: /^Bezirk/ }).first()).toBeVisible();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: t("audiences:preview.people") })).toBeVisible();
    } },
    { name: "dispatches", who, path: "/dispatches" },
    { name: "dispatches-sent", who, path: "/dispatches?box=SENT" },
    { name: "dispatch", who, path: `/dispatches/${dispatch}` },
    { name: "dispatch-new", who, path: "/dispatches/new" },
    { name: "dispatch-proof", who, path: `/dispatches/${dispatch}/proof` },
    { name: "line-questions", who, path: "/dispatches/questions" },
    { name: "notifications", who, path: "/notifications" },
    { name: "messages", who, path: "/messages" },
    { name: "conversation", who, path: `/messages/${conversation}` },
    ...settingsSections.map((section) => ({ name: `settings-${section}`, who, path: `/settings/${section}` })),
    ...adminSections.map((section) => ({ name: `admin-${section}`, who: "katharina.wolff" as const, path: `/admin/${section}` })),
    { name: "reorganisation", who: "katharina.wolff", path: `/admin/reorganisations/${reorganisation}` },
    { name: "not-found", who, path: "/nowhere" },
  ];
}

/** Goes there and waits until nothing on the page says that it is still being loaded. */
export async function goTo(page: Page, place: Place, t: Words) {
  // An open composer would open again on the next page.
  const dialog = page.getByRole("dialog");
  if (await dialog.isVisible()) {
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  }
  await page.goto(place.path);
  await settled(page);
  await place.act?.(page, t);
}

const loading = new RegExp(`^(${de("common:state.loading")}|${en("common:state.loading")})$`);

/** The page has its heading and nothing on it is still being loaded. */
export async function settled(page: Page) {
  await expect(page.getByRole("heading").first()).toBeAttached();
  await expect(page.getByRole("status").filter({ hasText: loading })).toHaveCount(0);
  await expect(page.locator("[role=feed][aria-busy=true]")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
}
