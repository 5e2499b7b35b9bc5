import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { generatedTables } from "../../tools/docs/tables.ts";
import { fillTables } from "../../tools/docs.ts";
import { root } from "../support/sources.ts";

it("the generated tables of the README are up to date (npm run docs)", () => {
  const text = readFileSync(join(root, "README.md"), "utf8");
  expect(fillTables(text, generatedTables())).toBe(text);
});

it("a table without a place in the README is an error", () => {
  expect(() => fillTables("nothing here", { limits: "x" })).toThrow(/no place/);
});

it("a place without a table is an error", () => {
  expect(() => fillTables("<!-- generated:what -->\n<!-- /generated -->", {})).toThrow(/"what"/);
});
