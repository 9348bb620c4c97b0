import { describe, expect, it } from "vitest";
import { handleFrom, passwordStrength } from ".";

describe("handle from a name", () => {
  it.each([
    ["Jörg Müller-Lüdenscheidt", "joerg.mueller-luedenscheidt"],
    ["Tomasz Wiśniewski", "tomasz.wisniewski"],
    ["  Weiß, Anna  ", "weiss.anna."],
    ["山田", ""],
  ])("%s becomes %s", (name, handle) => {
    expect(handleFrom(name)).toBe(handle);
  });
});

describe("password strength", () => {
  it("is nothing below the length the server asks for", () => {
    expect(passwordStrength("Kx9!fz2")).toBe(0);
  });

  it("sees through repetition, runs and the person's own name", () => {
    expect(passwordStrength("aaaaaaaaaaaaaaaa")).toBe(1);
    expect(passwordStrength("abcdefghij123456")).toBeLessThanOrEqual(2);
    expect(passwordStrength("amara.okafor.1", ["Amara Okafor"])).toBeLessThan(
      passwordStrength("amara.okafor.1"),
    );
  });

  it("rewards a short sentence", () => {
    expect(passwordStrength("der Reiher steht im Nebel")).toBeGreaterThanOrEqual(3);
  });
});
