import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { Tree } from "./Tree";

const rows = [
  { id: "bank", level: 1, parent: null },
  { id: "north", level: 2, parent: "bank" },
  { id: "south", level: 2, parent: "bank" },
];

type ExampleProps = { onSelect: (id: string) => void; selectedId?: string; opened?: boolean };

function Example({ onSelect, selectedId, opened = false }: ExampleProps) {
  const [isOpen, setOpen] = useState(opened);
  const shown = rows.filter(({ parent }) => parent === null || isOpen);
  return (
    <Tree
      label="Units"
      selectedId={selectedId ?? null}
      onSelect={onSelect}
      onToggle={(_, next) => setOpen(next)}
      nodes={shown.map(({ id, level }, index) => ({
        id,
        text: id,
        content: id,
        level,
        position: level === 1 ? 1 : index,
        setSize: level === 1 ? 1 : 2,
        isExpanded: id === "bank" ? isOpen : null,
      }))}
    />
  );
}

describe("a tree", () => {
  it("is opened, walked and chosen from with the keyboard alone", async () => {
    const select = vi.fn();
    render(<Example onSelect={select} />);
    await userEvent.tab();
    const bank = screen.getByRole("treeitem", { name: "bank" });
    expect(bank).toHaveFocus();
    expect(bank).toHaveAttribute("aria-expanded", "false");
    await userEvent.keyboard("{ArrowRight}");
    expect(bank).toHaveAttribute("aria-expanded", "true");
    await userEvent.keyboard("{ArrowRight}");
    expect(screen.getByRole("treeitem", { name: "north" })).toHaveFocus();
    await userEvent.keyboard("s");
    expect(screen.getByRole("treeitem", { name: "south" })).toHaveFocus();
    await userEvent.keyboard("{Enter}");
    expect(select).toHaveBeenCalledWith("south");
    await userEvent.keyboard("{ArrowLeft}");
    expect(bank).toHaveFocus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(screen.getAllByRole("treeitem")).toHaveLength(1);
  });

  it("goes on from the line somebody was led to, and keeps the place when that line comes back", async () => {
    const ignore = () => undefined;
    const { rerender } = render(<Example opened onSelect={ignore} selectedId="bank" />);
    rerender(<Example opened onSelect={ignore} selectedId="south" />);
    await userEvent.tab();
    expect(screen.getByRole("treeitem", { name: "south" })).toHaveFocus();
    await userEvent.keyboard("{Home}{ArrowLeft}{ArrowRight}{ArrowDown}");
    expect(screen.getByRole("treeitem", { name: "north" })).toHaveFocus();
  });

  it("has one stop for the tab key", () => {
    render(<Example onSelect={() => undefined} />);
    const stops = screen.getAllByRole("treeitem").filter(({ tabIndex }) => tabIndex === 0);
    expect(stops).toHaveLength(1);
  });
});
