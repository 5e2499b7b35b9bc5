import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RULES } from "../../contract/limits/rules.ts";
import { PENDING_RULES, PENDING_RUNTIME } from "../../tools/docs/pending.ts";

/* A test of the runtime column has the rule's id and the word "runtime" in its title: `it("DTS-2 runtime: a second ...")`. */

const TESTS = fileURLToPath(new URL("..", import.meta.url));
/** Titles of `describe`, `it` and `test`, also behind `.each(...)`; skipped and planned tests do not count. */
const TITLE =
  /(?:\b(?:describe|it|test)(?:\.(?:concurrent|sequential))?|\))\(\s*(["'`])((?:(?!\1)[^\\]|\\.)*)\1/g;

const titles = readdirSync(TESTS, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts") && !path.endsWith("rules.test.ts"))
  .flatMap((path) =>
    [...readFileSync(join(TESTS, path), "utf8").matchAll(TITLE)].map(([, , title]) => title ?? ""),
  );

const isNamed = (id: string) => titles.some((title) => new RegExp(`\\b${id}\\b`).test(title));
const hasRuntimeTest = (id: string) => titles.some((title) => new RegExp(`\\b${id} runtime\\b`).test(title));
const ids = RULES.map(({ id }) => id);
const runtimeIds = RULES.filter(({ runtime }) => runtime !== null).map(({ id }) => id);

describe("the table of rules", () => {
  it("holds every id once, and every rule is held somewhere", () => {
    expect(new Set(ids).size).toBe(ids.length);
    const idle = RULES.filter(
      (rule) => rule.preview === null && rule.service === null && rule.runtime === null,
    );
    expect(idle).toEqual([]);
  });

  it("has a test for every rule that is not pending", () => {
    expect(ids.filter((id) => !isNamed(id) && !PENDING_RULES.includes(id))).toEqual([]);
  });

  it("has no pending rule that is tested: take it off the list", () => {
    expect(PENDING_RULES.filter(isNamed)).toEqual([]);
    expect(PENDING_RULES.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has a runtime test for every runtime cell that is not pending", () => {
    expect(runtimeIds.filter((id) => !hasRuntimeTest(id) && !PENDING_RUNTIME.includes(id))).toEqual([]);
  });

  it("has no pending runtime cell that is tested: take it off the list", () => {
    expect(PENDING_RUNTIME.filter(hasRuntimeTest)).toEqual([]);
    expect(PENDING_RUNTIME.filter((id) => !runtimeIds.includes(id))).toEqual([]);
  });
});
