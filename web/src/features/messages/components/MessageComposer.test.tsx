import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MessageComposer } from "./MessageComposer";

afterEach(() => sessionStorage.clear());

const field = () => screen.getByRole("textbox", { name: "Write a message" });

describe("writing a message", () => {
  it("sends with Ctrl and Enter, without the blank around it, and empties the field", async () => {
    const send = vi.fn();
    render(<MessageComposer conversationId="conversation_1" onSend={send} />);
    await userEvent.type(field(), "  Hallo{Enter}Lena ");
    expect(send).not.toHaveBeenCalled();
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(send).toHaveBeenCalledExactlyOnceWith("Hallo\nLena");
    expect(field()).toHaveValue("");
  });

  it("sends nothing that is only blank", async () => {
    const send = vi.fn();
    render(<MessageComposer conversationId="conversation_1" onSend={send} />);
    await userEvent.type(field(), "   {Control>}{Enter}{/Control}");
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  });

  it("keeps what is half written for its own conversation until it is sent", async () => {
    const send = vi.fn();
    const { unmount } = render(<MessageComposer conversationId="conversation_1" onSend={send} />);
    await userEvent.type(field(), "Morgen");
    unmount();
    const other = render(<MessageComposer conversationId="conversation_2" onSend={send} />);
    expect(field()).toHaveValue("");
    other.unmount();
    const again = render(<MessageComposer conversationId="conversation_1" onSend={send} />);
    expect(field()).toHaveValue("Morgen");
    await userEvent.click(screen.getByRole("button", { name: "Send" }));
    again.unmount();
    render(<MessageComposer conversationId="conversation_1" onSend={send} />);
    expect(field()).toHaveValue("");
  });
});
