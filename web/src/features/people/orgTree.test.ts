import { describe, expect, it } from "vitest";
import { emptyTree, visibleLines, withChildren } from "./orgTree";

const unit = (id: string, hasChildren = false) => ({ id, name: id.toUpperCase(), hasChildren });
const top = withChildren(emptyTree, null, [unit("bank", true)]);
const tree = withChildren(withChildren(top, "bank", [unit("north", true), unit("it")]), "north", [
  unit("kiel"),
  unit("husum"),
]);

describe("the organisation's tree", () => {
  it("shows only what stands in opened units", () => {
    expect(visibleLines(tree, new Set()).map(({ id }) => id)).toEqual(["bank"]);
    expect(visibleLines(tree, new Set(["bank"])).map(({ id }) => id)).toEqual([
      "bank",
      "north",
      "it",
    ]);
    expect(visibleLines(tree, new Set(["north"])).map(({ id }) => id)).toEqual(["bank"]);
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
});
