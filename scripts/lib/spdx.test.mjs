import assert from "node:assert/strict";
import { test } from "node:test";
import { parse, satisfies } from "./spdx.mjs";

const allowed = new Set(["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]);

const cases = [
  ["MIT", true],
  ["GPL-3.0-only", false],
  ["GPL-3.0-only OR MIT", true],
  ["MIT AND GPL-3.0-only", false],
  ["MIT/Apache-2.0", true],
  ["GPL-2.0 / AGPL-3.0", false],
  ["(MIT OR Apache-2.0) AND Unicode-3.0", true],
  ["(MIT OR Apache-2.0) AND GPL-3.0-only", false],
  ["MIT OR Apache-2.0 AND GPL-3.0-only", true],
  ["GPL-3.0-only AND MIT OR GPL-2.0-only", false],
  ["Apache-2.0 WITH LLVM-exception", true],
  ["GPL-2.0-only WITH Classpath-exception-2.0", false],
  ["MIT WITH LLVM-exception", false],
  ["mit", false],
];

for (const [expression, expected] of cases) {
  test(`"${expression}" is ${expected ? "allowed" : "refused"}`, () => {
    assert.equal(satisfies(expression, allowed), expected);
  });
}

for (const broken of ["", "MIT OR", "AND MIT", "(MIT", "MIT)", "MIT Apache-2.0", "MIT WITH"]) {
  test(`"${broken}" is an error, not a guess`, () => {
    assert.throws(() => parse(broken));
  });
}
