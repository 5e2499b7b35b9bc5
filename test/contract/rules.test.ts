import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RULES } from "../../contract/limits/rules.ts";

/** Rules that have no test yet because their part is not built. This list only gets shorter. */
const pendingRules = ["DTS-8", "RMQ-7 RMQ-8 RMQ-10", "IOT-3"].flatMap((line) => line.split(" "));

/**
 * Rules whose behaviour for data plane clients has no test yet. Such a test has the id and the word
 * "runtime" in its title, for example `it("DTS-2 runtime: a second client is refused")`.
 */
const pendingRuntime = [
  "DTS-2 DTS-8 DTS-9",
  "MQ-2 MQ-3 MQ-5 MQ-8 MQ-9 MQ-10 MQ-12 MQ-13 MQ-14 MQ-15 MQ-16 MQ-17",
  "RMQ-3 RMQ-4 RMQ-5 RMQ-7 RMQ-8 RMQ-9 RMQ-10",
  "IOT-3 IOT-7 IOT-8 IOT-9",
  "DEL-1",
  "ALR-1 ALR-3 ALR-5 ALR-6 ALR-7 ALR-8 ALR-9 ALR-10",
].flatMap((line) => line.split(" "));

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
    expect(ids.filter((id) => !isNamed(id) && !pendingRules.includes(id))).toEqual([]);
  });

  it("has no pending rule that is tested: take it off the list", () => {
    expect(pendingRules.filter(isNamed)).toEqual([]);
    expect(pendingRules.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("has a runtime test for every runtime cell that is not pending", () => {
    expect(runtimeIds.filter((id) => !hasRuntimeTest(id) && !pendingRuntime.includes(id))).toEqual([]);
  });

  it("has no pending runtime cell that is tested: take it off the list", () => {
    expect(pendingRuntime.filter(hasRuntimeTest)).toEqual([]);
    expect(pendingRuntime.filter((id) => !runtimeIds.includes(id))).toEqual([]);
  });
});
