/**
 * The page the server sent with posts in it (server/loggia/src/http/first_page): hands the client its
 * answers, and lets the client take its place once the same posts stand ready behind it, without
 * moving what somebody reads.
 */
import { forgetEarly, offerAnswers } from "@/graphql";
import type { Session } from "./session";

declare global {
  interface Window {
    /** The button that was pressed before the client could answer; written by early.js. */
    loggiaPressed?: HTMLElement;
  }
}

type Parts = { first: HTMLElement; root: HTMLElement };

function parts(): Parts | null {
  const first = document.getElementById("first");
  const root = document.getElementById("root");
  return first && root ? { first, root } : null;
}

/** Whether the server's posts are still what is read. */
export function isFirstPageShown(): boolean {
  return document.getElementById("first") !== null;
}

/** Begins the change from the server's page to the client's; nothing to do on any other page. */
export function takeFirstPageOver(session: Session) {
  const found = parts();
  const owner = document.documentElement.dataset.first;
  const answers = document.getElementById("answers")?.textContent;
  if (!found || !owner || !answers) return;
  const { root } = found;

  async function ownToken() {
    const token = await session.accessToken();
    if (ownerOf(token) === owner) return;
    // Somebody else has signed in meanwhile, in another tab: none of this is theirs.
    change(found);
    forgetEarly();
    throw new Error("the page belongs to somebody else");
  }
  offerAnswers(JSON.parse(answers), ownToken());

  const observer = new MutationObserver(() => {
    if (!isReady(found)) return;
    observer.disconnect();
    // Long texts are cut when they have been measured, which takes a frame.
    requestAnimationFrame(() => requestAnimationFrame(() => change(found)));
  });
  observer.observe(root, { childList: true, subtree: true });
}

/** The post at the upper edge of the window. */
function anchorOf(first: HTMLElement): HTMLElement | undefined {
  const posts = [...first.querySelectorAll<HTMLElement>("article[data-post]")];
  return posts.find((post) => post.getBoundingClientRect().bottom > 0) ?? posts.at(-1);
}

function twinOf(post: HTMLElement | null | undefined, root: HTMLElement) {
  const id = post?.dataset.post;
  return id ? root.querySelector<HTMLElement>(`article[data-post="${CSS.escape(id)}"]`) : null;
}

/** The post being read stands there, with room to scroll to it; or the client has something else to say. */
function isReady({ first, root }: Parts): boolean {
  const posts = root.querySelectorAll("article[data-post]").length;
  if (posts === 0) return root.childElementCount > 0 && !root.querySelector("[data-skeleton]");
  const drawn = first.querySelectorAll("article[data-post]").length;
  return posts >= drawn || (window.scrollY === 0 && twinOf(anchorOf(first), root) !== null);
}

function change(found: Parts | null) {
  if (!found?.first.isConnected) return;
  const { first, root } = found;
  const anchor = anchorOf(first);
  const from = anchor?.getBoundingClientRect().top ?? 0;
  const hasScrolled = window.scrollY > 0;
  const focused = first.contains(document.activeElement) ? document.activeElement : null;
  const pressed = window.loggiaPressed;
  const next = focused && counterpart(focused, found);
  const toPress = pressed && counterpart(pressed, found);

  first.remove();
  document.getElementById("answers")?.remove();
  delete document.documentElement.dataset.first;
  delete root.dataset.waits;
  const twin = twinOf(anchor, root);
  if (hasScrolled && twin) {
    window.scrollBy({ top: twin.getBoundingClientRect().top - from, behavior: "instant" });
  }
  next?.focus({ preventScroll: true });
  toPress?.click();
}

/** What has the same name and address in the same place of the client's page. */
function counterpart(element: Element, { first, root }: Parts): HTMLElement | undefined {
  const post = element.closest<HTMLElement>("article[data-post]");
  const place = twinOf(post, root) ?? root;
  if (element === post) return place;
  const alike = (within: Element) =>
    [...within.querySelectorAll<HTMLElement>(element.localName)].filter(
      (each) =>
        nameOf(each) === nameOf(element) &&
        each.getAttribute("href") === element.getAttribute("href"),
    );
  // A picture and a name may lead to the same person.
  return alike(place)[alike(post ?? first).indexOf(element as HTMLElement)];
}

function nameOf(element: Element): string {
  return (element.getAttribute("aria-label") ?? element.textContent ?? "").trim();
}

/** Whose an access token is. */
function ownerOf(token: string): string | undefined {
  const [, payload = ""] = token.split(".");
  try {
    return JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))).sub;
  } catch {
    return undefined;
  }
}
