import { describe, expect, it } from "vitest";
import { emptyTree, visibleLines, withPage, withPath, withRoots } from "./orgTree";

const unit = (id: string, hasChildren = false) => ({
  id,
  name: id.toUpperCase(),
  head: null,
  hasChildren,
});
const whole = (total: number) => ({ total, cursor: null, isFirst: true });
const top = withRoots(emptyTree, [unit("bank", true)]);
const tree = withPage(
  withPage(top, "bank", [unit("north", true), unit("it")], whole(2)),
  "north",
  [unit("kiel"), unit("husum")],
  whole(2),
);
const ids = (lines: readonly { id: string }[]) => lines.map(({ id }) => id);

describe("the organisation's tree", () => {
  it("shows only what stands in opened units", () => {
    expect(ids(visibleLines(tree, new Set()))).toEqual(["bank"]);
    expect(ids(visibleLines(tree, new Set(["bank"])))).toEqual(["bank", "north", "it"]);
    expect(ids(visibleLines(tree, new Set(["north"])))).toEqual(["bank"]);
  });

  it("says of each line how deep it is and where among its siblings", () => {
    const lines = visibleLines(tree, new Set(["bank", "north"]));
    const husum = lines.find(({ id }) => id === "husum");
    expect(husum).toMatchObject({ level: 3, position: 2, setSize: 2, isExpanded: null });
    expect(lines.find(({ id }) => id === "north")).toMatchObject({ level: 2, isExpanded: true });
  });

  it("offers to open a unit whose children have not come yet", () => {
    expect(visibleLines(top, new Set())).toMatchObject([{ id: "bank", isExpanded: false }]);
  });

  it("stands for the siblings that have not come, until they come", () => {
    const first = { total: 3, cursor: "2", isFirst: true };
    const part = withPage(top, "bank", [unit("a"), unit("b")], first);
    const lines = visibleLines(part, new Set(["bank"]));
    expect(ids(lines)).toEqual(["bank", "a", "b", "more:bank"]);
    expect(lines[3]).toMatchObject({ left: 1, position: 3, setSize: 3, level: 2 });
    expect(lines[1]).toMatchObject({ setSize: 3 });
    const rest = { total: 3, cursor: null, isFirst: false };
    const all = withPage(part, "bank", [unit("b"), unit("c")], rest);
    expect(ids(visibleLines(all, new Set(["bank"])))).toEqual(["bank", "a", "b", "c"]);
  });

  it("leads to a unit whose page has not come, and shows it once when it comes", () => {
    const first = { total: 3, cursor: "1", isFirst: true };
    const part = withPage(top, "bank", [unit("a")], first);
    const led = withPath(part, [unit("bank", true), unit("c")]);
    const open = new Set(["bank"]);
    expect(ids(visibleLines(led, open))).toEqual(["bank", "a", "c", "more:bank"]);
    expect(visibleLines(led, open)[3]).toMatchObject({ left: 1 });
    const rest = { total: 3, cursor: null, isFirst: false };
    const all = withPage(led, "bank", [unit("b"), unit("c")], rest);
    expect(ids(visibleLines(all, open))).toEqual(["bank", "a", "b", "c"]);
  });
});
