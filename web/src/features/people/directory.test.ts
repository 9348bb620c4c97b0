import { expect, it } from "vitest";
import { chosenOf, type DirectorySearch, filterOf, toggled } from "./directory";

it("takes a value into the address and out again", () => {
  const start: DirectorySearch = { q: "anna", skill: "excel" };
  const more = toggled(start, "skill", "chess");
  expect(chosenOf(more).skill).toEqual(["excel", "chess"]);
  expect(toggled(more, "skill", "excel")).toEqual({ q: "anna", skill: "chess" });
  expect(toggled(start, "skill", "excel")).toEqual({ q: "anna", skill: undefined });
});

it("goes down the tree instead of collecting units", () => {
  const search = toggled({ unit: "unit_a" }, "unit", "unit_b");
  expect(chosenOf(search).unit).toEqual(["unit_b"]);
});

it("asks the server for what the address says", () => {
  const chosen = chosenOf({ role: "teller~head", language: "de" });
  expect(filterOf("kiel", chosen)).toEqual({
    query: "kiel",
    unitIds: [],
    roles: ["teller", "head"],
    locations: [],
    languages: ["de"],
    skills: [],
  });
});
