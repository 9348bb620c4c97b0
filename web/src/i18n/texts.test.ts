import { beforeEach, describe, expect, it } from "vitest";
import { startI18n, switchLocale } from "./i18n";
import { textsOf } from "./texts";

describe("texts are said", () => {
  beforeEach(async () => {
    await startI18n();
    await switchLocale("de");
  });

  it("with their values and in the form that fits the count", () => {
    const t = textsOf("feed");
    expect(t("opener", { name: "Ada" })).toBe("Was möchten Sie teilen, Ada?");
    expect(t("newPosts", { count: 1 })).toBe("1 neuer Beitrag");
    expect(t("newPosts", { count: 3 })).toBe("3 neue Beiträge");
  });

  it("from the namespace a key names, and else from those asked for", () => {
    const t = textsOf(["feed", "common"]);
    expect(t("order.LATEST")).toBe("Neueste");
    expect(t("common:action.save")).toBe("Speichern");
  });

  it("in the language in use, by the same function as long as that stays", async () => {
    const t = textsOf("feed");
    expect(textsOf("feed")).toBe(t);
    await switchLocale("en");
    expect(textsOf("feed")).not.toBe(t);
    expect(textsOf("feed")("newPosts", { count: 1 })).toBe("1 new post");
  });

  it("by their default or their key where there is none", () => {
    const t = textsOf("common") as unknown as (key: string, values?: object) => string;
    expect(t("userError.NOBODY_KNOWS", { defaultValue: "server words" })).toBe("server words");
    expect(t("nothing.here")).toBe("nothing.here");
  });
});
