import { expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "./push";

test("keys survive the way to the server and back", () => {
  for (const length of [0, 1, 2, 3, 16, 65]) {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + 251) % 256);
    const text = toBase64Url(bytes);
    expect(text).toMatch(/^[\w-]*$/u);
    expect([...fromBase64Url(text)]).toEqual([...bytes]);
  }
});
