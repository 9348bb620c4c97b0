import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ComponentProps } from "react";
import { createClient, fetchExchange, Provider } from "urql";
import { describe, expect, it } from "vitest";
import { JoinButton } from "./JoinButton";

type Card = ComponentProps<typeof JoinButton>["community"];

const card = (part: Partial<Card>): Card => ({
  id: "community_1",
  name: "Laufgruppe",
  viewerCan: { join: false, requestToJoin: false },
  viewerHasRequested: false,
  viewerIsInvited: false,
  ...part,
});

/** Shows the button to a viewer and tells what it sent to the server. */
function show(part: Partial<Card>) {
  const sent: unknown[] = [];
  const client = createClient({
    url: "http://test/graphql",
    preferGetMethod: false,
    exchanges: [fetchExchange],
    fetch: async (_url, init) => {
      sent.push(JSON.parse(String(init?.body)).variables);
      const payload = { community: null, userErrors: [] };
      const data = { communityJoin: payload, joinRequestWithdraw: payload };
      return new Response(JSON.stringify({ data }), {
        headers: { "content-type": "application/json" },
      });
    },
  });
  render(
    <Provider value={client}>
      <JoinButton community={card(part)} />
    </Provider>,
  );
  return sent;
}

describe("the way into a community", () => {
  it("is not shown to those who have none", () => {
    show({});
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("is one press where the community is open", async () => {
    const sent = show({ viewerCan: { join: true, requestToJoin: false } });
    await userEvent.click(screen.getByRole("button", { name: "Join Laufgruppe" }));
    await waitFor(() =>
      expect(sent).toEqual([{ input: { communityId: "community_1", message: null } }]),
    );
  });

  it("takes a message along where moderators decide", async () => {
    const sent = show({ viewerCan: { join: false, requestToJoin: true } });
    await userEvent.click(screen.getByRole("button", { name: "Ask to join: Laufgruppe" }));
    await userEvent.type(screen.getByRole("textbox"), "  I run every Tuesday ");
    await userEvent.click(screen.getByRole("button", { name: "Send request" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(sent).toEqual([
      { input: { communityId: "community_1", message: "I run every Tuesday" } },
    ]);
  });

  it("can be taken back while it waits", async () => {
    const sent = show({ viewerHasRequested: true });
    await userEvent.click(screen.getByRole("button", { name: "Withdraw request: Laufgruppe" }));
    await waitFor(() => expect(sent).toEqual([{ input: { communityId: "community_1" } }]));
  });
});
