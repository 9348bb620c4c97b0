import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  Button,
  Combobox,
  ConfirmDialog,
  CountBadge,
  dismissToast,
  ErrorState,
  IconButton,
  InfiniteList,
  Markdown,
  Menu,
  MenuChoice,
  MenuItem,
  Popover,
  showToast,
  TextField,
  ToastRegion,
  UiProvider,
} from ".";

describe("buttons", () => {
  it("are named, also with only an icon", () => {
    render(<IconButton icon="close" label="Close" />);
    expect(screen.getByRole("button", { name: "Close" })).toBeInTheDocument();
  });

  it("do nothing while pending and keep the focus", async () => {
    const press = vi.fn();
    render(
      <Button isPending onPress={press}>
        Save
      </Button>,
    );
    const button = screen.getByRole("button", { name: /Save/ });
    await userEvent.click(button);
    expect(press).not.toHaveBeenCalled();
    expect(button).not.toBeDisabled();
  });
});

describe("text fields", () => {
  it("tie label, hint and error to the field", () => {
    const { rerender } = render(<TextField label="Name" hint="As on your badge" />);
    const field = screen.getByRole("textbox", { name: "Name" });
    expect(field).toHaveAccessibleDescription("As on your badge");
    rerender(<TextField label="Name" hint="As on your badge" error="Please fill this in." />);
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription(/Please fill this in/);
  });

  it("count characters as people do, and say when there are too many", async () => {
    render(<TextField label="Title" limit={3} />);
    await userEvent.type(screen.getByRole("textbox"), "👩🏽a");
    expect(screen.getByText("0 characters left")).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox"), "b");
    expect(screen.getByText("1 character too many")).toBeInTheDocument();
  });
});

describe("tooltips", () => {
  it("describe a button on keyboard focus and go on Escape", async () => {
    render(<IconButton icon="search" label="Search" shortcut="/" />);
    await userEvent.tab();
    const button = screen.getByRole("button", { name: "Search" });
    expect(screen.getByRole("tooltip")).toHaveTextContent("Search/");
    expect(button).toHaveAccessibleDescription("Search /");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("tooltip")).not.toBeInTheDocument();
    expect(button).toHaveFocus();
  });
});

describe("buttons with a menu or a tooltip", () => {
  it("pass other keys on to shortcuts", async () => {
    const heard = vi.fn();
    window.addEventListener("keydown", heard);
    render(
      <Menu label="Post" trigger={<IconButton icon="more" label="More" />}>
        <MenuItem>Pin</MenuItem>
      </Menu>,
    );
    await userEvent.tab();
    heard.mockClear();
    await userEvent.keyboard("g");
    window.removeEventListener("keydown", heard);
    expect(screen.getByRole("button", { name: "More" })).toHaveFocus();
    expect(heard).toHaveBeenCalledTimes(1);
  });
});

describe("popovers", () => {
  it("hold free content, close from inside and by Escape", async () => {
    render(
      <Popover label="React" trigger={<Button>React</Button>}>
        {(close) => <Button onPress={close}>Heart</Button>}
      </Popover>,
    );
    const button = screen.getByRole("button", { name: "React" });
    await userEvent.click(button);
    expect(await screen.findByRole("dialog", { name: "React" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Heart" }));
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    await waitFor(() => expect(button).toHaveFocus());
    await userEvent.keyboard("{Enter}");
    await screen.findByRole("dialog");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });
});

describe("menus", () => {
  it("open by keyboard, act and give the focus back", async () => {
    const action = vi.fn();
    render(
      <Menu label="Post" trigger={<Button>More</Button>}>
        <MenuItem onAction={action}>Pin</MenuItem>
      </Menu>,
    );
    await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}");
    await waitFor(() => expect(screen.getByRole("menuitem", { name: "Pin" })).toHaveFocus());
    await userEvent.keyboard("{Enter}");
    expect(action).toHaveBeenCalledTimes(1);
    await waitFor(() => expect(screen.getByRole("button", { name: "More" })).toHaveFocus());
  });

  it("show and change a choice", async () => {
    const change = vi.fn();
    render(
      <Menu label="Look" trigger={<Button>Look</Button>}>
        <MenuChoice
          title="Theme"
          value="a"
          onChange={change}
          options={[
            { value: "a", label: "Light" },
            { value: "b", label: "Dark" },
          ]}
        />
      </Menu>,
    );
    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByRole("menuitemradio", { name: "Light" })).toBeChecked();
    await userEvent.click(screen.getByRole("menuitemradio", { name: "Dark" }));
    expect(change).toHaveBeenCalledWith("b");
  });
});

describe("dialogs", () => {
  it("ask, close on Escape and return the focus", async () => {
    const confirm = vi.fn();
    function Host() {
      const [isOpen, setOpen] = useState(false);
      return (
        <>
          <Button onPress={() => setOpen(true)}>Delete</Button>
          <ConfirmDialog
            isOpen={isOpen}
            onClose={() => setOpen(false)}
            onConfirm={confirm}
            title="Delete the post?"
            confirmLabel="Yes"
            isDanger
          />
        </>
      );
    }
    render(<Host />);
    await userEvent.click(screen.getByRole("button", { name: "Delete" }));
    const dialog = screen.getByRole("alertdialog", { name: "Delete the post?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Yes" }));
    expect(confirm).toHaveBeenCalledTimes(1);
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("button", { name: "Delete" })).toHaveFocus());
  });
});

describe("typeahead", () => {
  it("shows what the caller found and hands over the choice", async () => {
    const select = vi.fn();
    const people = [
      { id: "1", name: "Ada" },
      { id: "2", name: "Bo" },
    ];
    function Host() {
      const [text, setText] = useState("");
      return (
        <Combobox
          label="People"
          inputValue={text}
          onInputChange={setText}
          items={text ? people : []}
          textOf={({ name }) => name}
          onSelect={select}
        />
      );
    }
    render(<Host />);
    await userEvent.type(screen.getByRole("combobox", { name: "People" }), "x");
    await userEvent.click(screen.getByRole("option", { name: "Bo" }));
    expect(select).toHaveBeenCalledWith(people[1]);
  });
});

describe("toasts", () => {
  afterEach(() => vi.useRealTimers());

  it("are announced, offer undo and go", async () => {
    const undo = vi.fn();
    render(<ToastRegion />);
    act(() => {
      showToast("Deleted", { action: { label: "Undo", onAction: undo } });
    });
    expect(within(screen.getByRole("status")).getByText("Deleted")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.queryByText("Deleted")).not.toBeInTheDocument();
  });

  it("stay as long as the focus rests on one", () => {
    vi.useFakeTimers();
    render(<ToastRegion />);
    let id = 0;
    act(() => {
      id = showToast("Saved", { durationMs: 1000 });
    });
    act(() => screen.getByRole("button", { name: "Dismiss" }).focus());
    act(() => vi.advanceTimersByTime(5000));
    expect(screen.getByText("Saved")).toBeInTheDocument();
    act(() => dismissToast(id));
    expect(screen.queryByText("Saved")).not.toBeInTheDocument();
  });
});

describe("rendered text", () => {
  it("opens links within Loggia in place and leaves others to the browser", async () => {
    const navigate = vi.fn();
    render(
      <UiProvider locale="en" navigate={navigate}>
        <Markdown html='<p><a href="/people/ada?x=1">in</a> <a href="https://example.org/">out</a> <a href="/media/f.pdf">file</a></p>' />
      </UiProvider>,
    );
    const stop = (event: Event) => event.preventDefault();
    window.addEventListener("click", stop);
    await userEvent.click(screen.getByText("in"));
    await userEvent.click(screen.getByText("out"));
    await userEvent.click(screen.getByText("file"));
    window.removeEventListener("click", stop);
    expect(navigate).toHaveBeenCalledExactlyOnceWith("/people/ada?x=1");
  });
});

describe("lists", () => {
  it("load more by button where nothing watches the scrolling", async () => {
    const more = vi.fn();
    const { rerender } = render(
      <InfiniteList
        label="Posts"
        as="feed"
        hasMore
        isLoading={false}
        onLoadMore={more}
        end="All seen"
      >
        <article>One</article>
      </InfiniteList>,
    );
    await userEvent.click(screen.getByRole("button", { name: "Load more" }));
    expect(more).toHaveBeenCalledTimes(1);
    rerender(
      <InfiniteList
        label="Posts"
        as="feed"
        hasMore={false}
        isLoading={false}
        onLoadMore={more}
        end="All seen"
      >
        <article>One</article>
      </InfiniteList>,
    );
    expect(screen.getByRole("feed", { name: "Posts" })).toHaveAttribute("aria-busy", "false");
    expect(screen.getByText("All seen")).toBeInTheDocument();
  });
});

describe("failures and counts", () => {
  it("show words, reference and a way on", async () => {
    const retry = vi.fn();
    render(<ErrorState message="No connection to the server." requestId="01J" onRetry={retry} />);
    expect(screen.getByRole("alert")).toHaveTextContent("01J");
    await userEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledTimes(1);
  });

  it("count up to ninety-nine and show nothing at zero", () => {
    const { container, rerender } = render(<CountBadge count={120} label="120 unread" />);
    expect(container).toHaveTextContent("99+120 unread");
    rerender(<CountBadge count={0} label="0 unread" />);
    expect(container).toBeEmptyDOMElement();
  });
});
