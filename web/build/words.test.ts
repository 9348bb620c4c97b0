import { describe, expect, it } from "vitest";
import { wordsOf } from "./words";

describe("the server's words", () => {
  it("are those of Intl, with marks for what changes", () => {
    const de = wordsOf("de", "gerade eben");
    expect(de.minutes[3]).toBe("vor 3 Minuten");
    expect(de.days[1]).toBe("gestern");
    expect(de.dayMonth[2]).toBe("{d}. März");
    expect(de.dateTime[11]).toBe("{dd}.12.{y}, {HH}:{mm}");
    expect([de.decimal, de.group, de.thousands]).toEqual([",", ".", ""]);
    expect(de.percent).toMatch(/^\{\}\s%$/);

    const en = wordsOf("en", "just now");
    expect(en.hours[1]).toBe("1 hour ago");
    expect(en.date[0]).toBe("Jan {d}, {y}");
    expect(en.dateTime[0]).toMatch(/^Jan \{d\}, \{y\}, \{h\}:\{mm\}\s\{ap\}$/);
    expect(en.halves).toEqual(["AM", "PM"]);
    expect([en.decimal, en.group, en.thousands]).toEqual([".", ",", "K"]);
    expect(en.bytes[2]).toBe("{} MB");
  });
});
