import { describe, expect, it } from "vitest";
import { initials } from "./Avatar";

describe("initials", () => {
  it("takes the first letters of the first and the last word", () => {
    expect(initials("Ada Lovelace")).toBe("AL");
    expect(initials("Maria del Carmen Ruiz")).toBe("MR");
  });

  it("copes with one word, signs and scripts without case", () => {
    expect(initials("zoë")).toBe("Z");
    expect(initials("  (Ext) Jürgen  – ")).toBe("EJ");
    expect(initials("山田 太郎")).toBe("山太");
    expect(initials("")).toBe("?");
  });
});
