import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createClient, fetchExchange, Provider } from "urql";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MessageComposer } from "./MessageComposer";

vi.mock("@/app/viewer/useTimeZone", () => ({ useTimeZone: () => "Europe/Berlin" }));

afterEach(() => sessionStorage.clear());

const client = createClient({
  url: "http://test/graphql",
  preferGetMethod: false,
  exchanges: [fetchExchange],
  fetch: async () => {
    const done = { userErrors: [], conversation: null };
    const data = { messageDraftSave: done, conversationTyping: { ...done, isTold: true } };
    return new Response(JSON.stringify({ data }), {
      headers: { "content-type": "application/json" },
    });
  },
});

type Props = Partial<Parameters<typeof MessageComposer>[0]>;

const composer = (props: Props) => (
  <Provider value={client}>
    <MessageComposer
      key={props.conversationId}
      conversationId="conversation_1"
      draft=""
      threadId={null}
      answered={null}
      onCancelAnswer={() => {}}
      onSend={() => {}}
      onSchedule={async () => true}
      onEditLast={() => {}}
      {...props}
    />
  </Provider>
);

const field = () => screen.getByRole("textbox", { name: "Write a message" });

describe("writing a message", () => {
  it("sends with Ctrl and Enter, without the blank around it, and empties the field", async () => {
    const onSend = vi.fn();
    render(composer({ onSend }));
    await userEvent.type(field(), "  Hallo{Enter}Lena ");
    expect(onSend).not.toHaveBeenCalled();
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(onSend).toHaveBeenCalledExactlyOnceWith({
      body: "Hallo\nLena",
      files: [],
      threadId: null,
    });
    expect(field()).toHaveValue("");
  });

  it("sends nothing that is only blank", async () => {
    const onSend = vi.fn();
    render(composer({ onSend }));
    await userEvent.type(field(), "   {Control>}{Enter}{/Control}");
    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  });

  it("keeps what is half written for its own conversation until it is sent", async () => {
    const { rerender } = render(composer({}));
    await userEvent.type(field(), "Morgen");
    rerender(composer({ conversationId: "conversation_2" }));
    expect(field()).toHaveValue("");
    rerender(composer({}));
    expect(field()).toHaveValue("Morgen");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    rerender(composer({ conversationId: "conversation_2" }));
    rerender(composer({}));
    expect(field()).toHaveValue("");
  });

  it("goes on with what was written on another device", async () => {
    const { rerender } = render(composer({ draft: "From the phone" }));
    expect(field()).toHaveValue("From the phone");
    rerender(composer({ draft: "From the phone, longer" }));
    expect(field()).toHaveValue("From the phone, longer");
  });

  it("never takes away what is being written here", async () => {
    const { rerender } = render(composer({ draft: "Dear" }));
    await userEvent.type(field(), " Ben");
    rerender(composer({ draft: "Dear Ada" }));
    expect(field()).toHaveValue("Dear Ben");
  });

  it("changes the last message with the arrow up, but not while something is written", async () => {
    const onEditLast = vi.fn();
    render(composer({ onEditLast }));
    await userEvent.type(field(), "{ArrowUp}");
    expect(onEditLast).toHaveBeenCalledOnce();
    await userEvent.type(field(), "Hi{ArrowUp}");
    expect(onEditLast).toHaveBeenCalledOnce();
  });
});
