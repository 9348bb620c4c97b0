import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { FeedEntry } from "../feed/FeedEntry";
import { type Answers, makePost, makeReply, people, show } from "../testing";

function card(post: Record<string, unknown>, answers: Answers = {}) {
  return show(
    <FeedEntry
      item={{ id: "post_1", isNew: true, reasons: [] }}
      position={1}
      hasLine={false}
      newSince={null}
    />,
    { PostCard: () => ({ post: makePost(post) }), ...answers },
  );
}
const article = () => screen.findByRole("article", {}, { timeout: 5_000 });

describe("a post card", () => {
  it("says who wrote what where, as an article of a feed", async () => {
    card({ title: "Good news", isPinned: true, editedAt: "2026-01-02T10:00:00Z" });
    const post = await article();
    expect(post).toHaveAccessibleName("Good news, by Ada Lovelace");
    expect(post).toHaveAttribute("aria-posinset", "1");
    expect(post).toHaveAttribute("tabindex", "0");
    expect(within(post).getByRole("link", { name: "Product Lab" })).toHaveAttribute(
      "href",
      "/communities/lab",
    );
    expect(within(post).getByText("Hello everybody")).toBeVisible();
    expect(within(post).getByText("pinned")).toBeVisible();
    expect(within(post).getByRole("button", { name: "edited" })).toBeVisible();
  });

  it("shows a question's best answer first and once", async () => {
    const best = makeReply({ id: "reply_best", bodyHtml: "<p>Forty-two</p>", isBestAnswer: true });
    card({
      kind: "QUESTION",
      replyCount: 2,
      latestReplies: [best, makeReply()],
      question: { __typename: "Question", isAnswered: true, bestAnswer: best },
    });
    const post = await article();
    expect(within(post).getByText("Best answer")).toBeVisible();
    expect(within(post).getAllByText("Forty-two")).toHaveLength(1);
    expect(
      within(post)
        .getByText("Forty-two")
        .compareDocumentPosition(within(post).getByText("A reply")),
    ).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  it("says that a question waits for an answer", async () => {
    card({
      kind: "QUESTION",
      question: { __typename: "Question", isAnswered: false, bestAnswer: null },
    });
    expect(await screen.findByText("Waiting for an answer")).toBeVisible();
  });

  it("names who is praised and for what", async () => {
    card({
      kind: "PRAISE",
      praise: { __typename: "Praise", badge: "MENTOR", people: [people.bo] },
    });
    const post = await article();
    expect(within(post).getByText("Mentor")).toBeVisible();
    expect(within(post).getByRole("link", { name: /Bo Berg/ })).toHaveAttribute(
      "href",
      "/people/bo",
    );
  });

  it("shows the original of a shared post, or that it is out of sight", async () => {
    const original = {
      ...makePost({ id: "post_2", title: "Original", author: people.bo }),
    };
    card({ sharedFrom: { __typename: "SharedPost", post: original } });
    const post = await article();
    expect(within(post).getByText("Original")).toBeVisible();
    expect(within(post).getByRole("link", { name: "Bo Berg" })).toBeVisible();
  });

  it("keeps its place when it is gone", async () => {
    show(
      <FeedEntry
        item={{ id: "post_1", isNew: false, reasons: [], isGone: true }}
        position={3}
        hasLine={false}
        newSince={null}
      />,
      { PostCard: () => ({ post: null }) },
    );
    expect(await article()).toHaveTextContent("This post is no longer here.");
  });

  it("says why a thread is closed and offers no reply", async () => {
    card({
      closure: {
        __typename: "Closure",
        reason: "All is said",
        closedAt: "2026-01-03T10:00:00Z",
        closedBy: people.bo,
      },
      viewerCan: { ...makePost().viewerCan, reply: false },
    });
    const post = await article();
    expect(within(post).getByText("All is said")).toBeVisible();
    expect(within(post).queryByRole("button", { name: "Reply" })).toBeNull();
  });
});

describe("a poll", () => {
  const option = (id: string, text: string, voteCount: number | null, viewerChose = false) => ({
    __typename: "PollOption",
    id,
    text,
    voteCount,
    viewerChose,
  });
  const poll = (change: Record<string, unknown> = {}) => ({
    __typename: "Poll",
    isMultipleChoice: false,
    isAnonymous: false,
    isClosed: false,
    closesAt: null,
    voterCount: 3,
    viewerHasVoted: false,
    options: [option("o1", "Tea", null), option("o2", "Coffee", null)],
    ...change,
  });
  const voted = poll({
    voterCount: 4,
    viewerHasVoted: true,
    options: [option("o1", "Tea", 1), option("o2", "Coffee", 3, true)],
  });

  it("takes a vote and then shows the results", async () => {
    const { asked } = card(
      { kind: "POLL", poll: poll() },
      {
        PollVote: () => ({
          pollVote: {
            __typename: "PostPayload",
            post: { __typename: "Post", id: "post_1", poll: voted },
            userErrors: [],
          },
        }),
      },
    );
    const post = await article();
    expect(within(post).queryByText("75%")).toBeNull();
    await userEvent.click(await within(post).findByRole("radio", { name: "Coffee" }));
    await userEvent.click(within(post).getByRole("button", { name: "Vote" }));
    expect(await within(post).findByText("75%")).toBeVisible();
    expect(within(post).getByText(/4 people voted/)).toBeVisible();
    expect(asked.find(({ name }) => name === "PollVote")?.variables).toEqual({
      input: { postId: "post_1", optionIds: ["o2"] },
    });
  });

  it("only shows the results once it is closed", async () => {
    card({ kind: "POLL", poll: { ...voted, isClosed: true } });
    const post = await article();
    expect(within(post).queryByRole("radio")).toBeNull();
    expect(within(post).getByText(/Closed/)).toBeVisible();
    expect(within(post).queryByRole("button", { name: "Change my vote" })).toBeNull();
  });
});

describe("what one does to a post", () => {
  const heart = {
    __typename: "ReactionCount",
    emoji: "❤️",
    count: 2,
    viewerReacted: false,
  };

  it("is shown before the server has answered", async () => {
    let answer: (value: unknown) => void = () => undefined;
    const isAnswered = new Promise((resolve) => {
      answer = resolve;
    });
    card({ reactions: [heart], reactionCount: 2 }, { ReactionSet: () => isAnswered });
    const post = await article();
    await userEvent.click(within(post).getByRole("button", { name: "Heart, 2 people" }));
    const pressed = await within(post).findByRole("button", { name: "Heart, 3 people" });
    expect(pressed).toHaveAttribute("aria-pressed", "true");
    answer({
      reactionSet: {
        __typename: "ReactionPayload",
        post: {
          __typename: "Post",
          id: "post_1",
          reactionCount: 3,
          reactions: [{ ...heart, count: 3, viewerReacted: true }],
        },
        reply: null,
        userErrors: [],
      },
    });
    expect(await within(post).findByRole("button", { name: "Heart, 3 people" })).toBeVisible();
  });

  it("is taken back with a kind word when the server refuses", async () => {
    const idea = {
      __typename: "Idea",
      state: "OPEN",
      stateReason: "",
      voteCount: 7,
      viewerVoted: false,
    };
    card({ kind: "IDEA", idea });
    const post = await article();
    await userEvent.click(
      within(post).getByRole("button", { name: "Vote for this idea, 7 votes" }),
    );
    expect(await screen.findByText(/not reachable right now/)).toBeVisible();
    await waitFor(() =>
      expect(
        within(post).getByRole("button", { name: "Vote for this idea, 7 votes" }),
      ).toHaveAttribute("aria-pressed", "false"),
    );
  });

  it("leaves the card as it was when the connection is lost", async () => {
    card(
      { reactions: [heart], reactionCount: 2, latestReplies: [makeReply()], replyCount: 1 },
      {
        ReactionSet: () => {
          throw new TypeError("Failed to fetch");
        },
      },
    );
    const post = await article();
    await userEvent.click(within(post).getByRole("button", { name: "Heart, 2 people" }));
    expect(await screen.findByText("No connection to the server.")).toBeVisible();
    expect(await within(post).findByRole("button", { name: "Heart, 2 people" })).toHaveAttribute(
      "aria-pressed",
      "false",
    );
    expect(within(post).getByText("Hello everybody")).toBeVisible();
  });

  it("ends an announcement's place on top", async () => {
    card(
      {
        kind: "ANNOUNCEMENT",
        announcement: { __typename: "Announcement", seenByViewer: false, seenCount: 4 },
      },
      {
        AnnouncementMarkSeen: () => ({
          announcementMarkSeen: {
            __typename: "PostPayload",
            post: {
              __typename: "Post",
              id: "post_1",
              announcement: { __typename: "Announcement", seenByViewer: true, seenCount: 5 },
            },
            userErrors: [],
          },
        }),
      },
    );
    const post = await article();
    await userEvent.click(within(post).getByRole("button", { name: "Got it" }));
    expect(await within(post).findByText("Read by 5 people")).toBeVisible();
  });
});
