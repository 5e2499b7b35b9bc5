import { describe, expect, test } from "vitest";
import { countTests, summaryLine, type VitestReport } from "../../tools/test/counts.ts";
import { mustFail, needs } from "../support/needs.ts";

const file = (status: string, ...statuses: string[]): VitestReport["testResults"][number] => ({
  name: "a.test.ts",
  status,
  assertionResults: statuses.map((one, i) => ({ status: one, fullName: `test ${i} [needs java (apt)]` })),
});

describe("the counts of npm test", () => {
  test("tests are counted by their outcome, and what the skipped ones need is named once", () => {
    const report = { success: false, testResults: [file("failed", "passed", "failed", "pending", "todo")] };
    const counts = countTests(report);
    expect(counts).toEqual({ passed: 1, failed: 1, skipped: 2, missing: ["java (apt)"] });
    expect(summaryLine(counts)).toBe("1 passed, 1 failed, 2 skipped");
  });

  test("a file that does not load is one failure", () => {
    expect(countTests({ success: false, testResults: [file("failed")] }).failed).toBe(1);
    expect(countTests({ success: false, testResults: [file("failed", "passed")] })).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test("a run that failed outside every file is one failure, and so is a run without a report", () => {
    expect(countTests({ success: false, testResults: [file("passed", "passed")] }).failed).toBe(1);
    expect(countTests(undefined).failed).toBe(1);
  });

  test("nothing is said about skipped tests when there are none", () => {
    const counts = countTests({ success: true, testResults: [file("passed", "passed")] });
    expect(summaryLine(counts)).toBe("1 passed, 0 failed");
  });
});

describe("a need", () => {
  const need = { name: "x", available: false, offeredByRegistries: true };

  test("is a failure only when missing, offered, and on a machine that runs with CI=true", () => {
    expect(mustFail(need, { CI: "true" })).toBe(true);
    expect(mustFail(need, {})).toBe(false);
    expect(mustFail({ ...need, available: true }, { CI: "true" })).toBe(false);
    expect(mustFail({ ...need, offeredByRegistries: false }, { CI: "true" })).toBe(false);
  });

  test("that is met leaves the test as it is", () => {
    expect(needs({ ...need, available: true })).toBe(test);
  });
});
