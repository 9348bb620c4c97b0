import { afterEach, describe, expect, it, vi } from "vitest";
import { offerAnswers, takeEarly } from "./early";

function early(askedAt = Date.now()) {
  const response = Promise.resolve(new Response("{}"));
  const variables = { first: 20, after: null, order: "LATEST" };
  window.loggiaEarly = new Map([["HomeFeed", { variables, askedAt, response }]]);
  return response;
}

const asking = (variables: object, operationName = "HomeFeed") =>
  JSON.stringify({ operationName, query: "…", variables });

afterEach(() => {
  window.loggiaEarly = undefined;
  vi.useRealTimers();
});

describe("early answers", () => {
  it("are given once to the same question, however its variables are written", () => {
    const response = early();
    expect(takeEarly(asking({ order: "LATEST", first: 20 }))).toBe(response);
    expect(takeEarly(asking({ order: "LATEST", first: 20 }))).toBeUndefined();
  });

  it("are kept from other questions", () => {
    early();
    expect(takeEarly(asking({ order: "RANKED", first: 20 }))).toBeUndefined();
    expect(takeEarly(asking({ order: "LATEST", first: 20, after: "x" }))).toBeUndefined();
    expect(takeEarly(asking({ order: "LATEST", first: 20 }, "Viewer"))).toBeUndefined();
    expect(takeEarly(undefined)).toBeUndefined();
    expect(window.loggiaEarly?.size).toBe(1);
  });

  it("do not outlive the start of the page", () => {
    early(Date.now() - 11_000);
    expect(takeEarly(asking({ order: "LATEST", first: 20 }))).toBeUndefined();
  });

  it("come from the page as well, once it is known for whom they are", async () => {
    const answers = { Viewer: { variables: {}, answer: { data: { viewer: null } } } };
    offerAnswers(answers, Promise.resolve());
    const response = await takeEarly(asking({}, "Viewer"));
    expect(await response?.json()).toEqual({ data: { viewer: null } });

    offerAnswers(answers, Promise.reject(new Error("somebody else")));
    await expect(takeEarly(asking({}, "Viewer"))).rejects.toThrow("somebody else");
  });
});
