/** For tests: a page of one's own with the real cache, a signed-in viewer and a scripted server. */
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { createClient, fetchExchange, Provider, subscriptionExchange } from "urql";
import { ViewerProvider } from "@/app/viewer";
import { createCache } from "@/graphql/cache";
import { ToastRegion } from "@/ui";

export type Answers = Record<string, (variables: Record<string, never>) => unknown>;

const settings = {
  __typename: "ViewerSettings",
  locale: "en",
  timeZone: "Europe/Berlin",
  theme: "SYSTEM",
  defaultNotificationLevel: "ALL",
  showPresence: true,
  sendTyping: true,
  sendReceipts: false,
  feedOrder: "LATEST",
};

export const people = {
  me: person("person_me", "me", "Mia Meyer"),
  ada: person("person_ada", "ada", "Ada Lovelace"),
  bo: person("person_bo", "bo", "Bo Berg"),
};

function person(id: string, handle: string, name: string) {
  return {
    __typename: "Person",
    id,
    handle,
    name,
    title: "Engineer",
    avatarUrl: null,
    avatarColor: 3,
    role: "MEMBER",
  };
}

const viewer = {
  viewer: {
    __typename: "Viewer",
    person: people.me,
    organisation: {
      __typename: "Organisation",
      name: "Acme",
      allowsPresence: true,
      allowsTyping: true,
      allowsReceipts: true,
    },
    settings,
    viewerCan: {
      __typename: "ViewerAbilities",
      createCommunity: true,
      administerNetwork: false,
    },
    mustChangePassword: false,
  },
  unreadCounts: {
    __typename: "UnreadCounts",
    liveCursor: "now",
    home: 0,
    notifications: 0,
    messages: 0,
    dispatches: 0,
    communities: [],
  },
};

const signedIn: Answers = { ["Viewer" as string]: () => viewer };

/** A post with nothing special about it. */
export function makePost(change: Record<string, unknown> = {}) {
  return {
    __typename: "Post",
    id: "post_1",
    kind: "DISCUSSION",
    state: "PUBLISHED",
    title: "",
    bodyHtml: "<p>Hello everybody</p>",
    bodySource: "Hello everybody",
    topics: [],
    isPinned: false,
    isImported: false,
    isNewToViewer: false,
    createdAt: "2026-01-01T10:00:00Z",
    publishedAt: "2026-01-01T10:00:00Z",
    editedAt: null,
    scheduledFor: null,
    movedFromCommunity: false,
    revisionCount: 1,
    viewerSubscription: "NORMAL",
    author: people.ada,
    community: {
      __typename: "Community",
      id: "community_1",
      slug: "lab",
      name: "Product Lab",
      coverColor: 2,
      isArchived: false,
    },
    attachments: [],
    links: [],
    closure: null,
    sharedFrom: null,
    praise: null,
    viewerCan: {
      __typename: "PostAbilities",
      edit: false,
      delete: false,
      reply: true,
      react: true,
      pin: false,
      close: false,
      reopen: false,
      move: false,
      share: true,
      markBestAnswer: false,
      setIdeaState: false,
      vote: true,
    },
    replyCount: 0,
    reactionCount: 0,
    lastActivityAt: "2026-01-01T10:00:00Z",
    reactions: [],
    latestReplies: [],
    poll: null,
    idea: null,
    announcement: null,
    question: null,
    ...change,
  };
}

/** A reply to it. */
export function makeReply(change: Record<string, unknown> = {}) {
  return {
    __typename: "Reply",
    id: "reply_1",
    postId: "post_1",
    parentId: null,
    state: "PUBLISHED",
    bodyHtml: "<p>A reply</p>",
    bodySource: "A reply",
    publishedAt: "2026-01-01T11:00:00Z",
    editedAt: null,
    isBestAnswer: false,
    isImported: false,
    revisionCount: 1,
    reactionCount: 0,
    author: people.bo,
    attachments: [],
    links: [],
    reactions: [],
    viewerCan: {
      __typename: "ReplyAbilities",
      edit: false,
      delete: false,
      react: true,
      markAsBestAnswer: false,
    },
    ...change,
  };
}

/** Nothing happens live. */
const quiet = subscriptionExchange({
  forwardSubscription: () => ({ subscribe: () => ({ unsubscribe: () => undefined }) }),
});

/** Shows something to the viewer; `answers` says what the server answers by name of operation. */
export function show(children: ReactNode, answers: Answers) {
  const all: Answers = { ...signedIn, ...answers };
  window.scrollTo = () => undefined;
  const asked: { name: string; variables: Record<string, unknown> }[] = [];
  const client = createClient({
    url: "http://localhost/graphql",
    preferGetMethod: false,
    exchanges: [createCache(), fetchExchange, quiet],
    fetch: async (_input, init) => {
      const { operationName, variables } = JSON.parse(String(init?.body));
      asked.push({ name: operationName, variables });
      const answer = all[operationName]?.(variables);
      const body =
        answer === undefined
          ? { errors: [{ message: "refused", extensions: { code: "UNAVAILABLE" } }] }
          : { data: await answer };
      return new Response(JSON.stringify(body), {
        headers: { "content-type": "application/json" },
      });
    },
  });
  const rootRoute = createRootRoute({
    component: () => (
      <Provider value={client}>
        <ViewerProvider firstPassword={null}>{children}</ViewerProvider>
        <ToastRegion />
      </Provider>
    ),
    notFoundComponent: () => null,
  });
  const router = createRouter({
    routeTree: rootRoute,
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  render(<RouterProvider router={router as never} />);
  return { asked, client };
}
