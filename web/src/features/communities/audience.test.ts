import en from "@locales/en/communities.json";
import { describe, expect, it } from "vitest";
import { addTopic, audienceKey, joinings, visibilities } from "./audience";

describe("who a community is for", () => {
  it("has a sentence for every visibility with every way of joining", () => {
    for (const visibility of visibilities) {
      for (const joining of joinings) {
        const name = audienceKey(visibility, joining).slice("audience.".length);
        expect(en.audience).toHaveProperty(name);
      }
    }
  });

  it("says of a secret one only that nobody else knows of it", () => {
    expect(new Set(joinings.map((joining) => audienceKey("SECRET", joining))).size).toBe(1);
  });

  it("tells the ways into what everybody can find apart", () => {
    for (const visibility of ["PUBLIC", "PRIVATE"] as const) {
      expect(new Set(joinings.map((joining) => audienceKey(visibility, joining))).size).toBe(3);
    }
  });
});

describe("topics", () => {
  it("are kept without sign, in small letters, each once", () => {
    expect(addTopic(["it"], " #Hilfe, IT;Kasse ")).toEqual(["it", "hilfe", "kasse"]);
  });

  it("are not made of nothing", () => {
    expect(addTopic(["it"], " , # ")).toEqual(["it"]);
  });
});
