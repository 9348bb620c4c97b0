import { readFileSync } from "node:fs";
import { buildSchema, isObjectType } from "graphql";
import { describe, expect, it } from "vitest";
import { feedQueries, named, pagedQueries } from "./cache";
import { withReaction } from "./optimistic";

const schema = buildSchema(readFileSync("../schema.graphql", "utf8"));

describe("the cache's knowledge of the schema", () => {
  it("names only types that exist", () => {
    for (const name of Object.keys(named))
      expect(isObjectType(schema.getType(name)), name).toBe(true);
  });

  it("joins the pages of every connection a query offers, but for feeds", () => {
    const connections = Object.values(schema.getQueryType()?.getFields() ?? {})
      .filter(
        ({ type, args }) =>
          /Connection!?$/.test(String(type)) && args.some(({ name }) => name === "after"),
      )
      .map(({ name }) => name);
    expect(
      connections.filter((name) => !pagedQueries.includes(name) && !feedQueries.includes(name)),
    ).toEqual([]);
  });
});

describe("a reaction before the server has answered", () => {
  const heart = {
    __typename: "ReactionCount" as const,
    emoji: "❤️",
    count: 2,
    viewerReacted: false,
  };

  it("adds to a known one, starts a new one, and takes back", () => {
    expect(withReaction([heart], "❤️", true)).toEqual([{ ...heart, count: 3, viewerReacted: true }]);
    expect(withReaction([], "🎉", true)).toMatchObject([
      { emoji: "🎉", count: 1, viewerReacted: true },
    ]);
    expect(withReaction([{ ...heart, count: 1, viewerReacted: true }], "❤️", false)).toEqual([]);
  });

  it("changes nothing when it is so already", () => {
    expect(withReaction([heart], "❤️", false)).toEqual([heart]);
  });
});
