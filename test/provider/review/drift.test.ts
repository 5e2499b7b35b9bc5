import { describe, expect, it } from "vitest";
import { driftExitCodeOf, driftOf, isRefreshed } from "../../../provider/review/drift.ts";
import { previewWith, recorded, step } from "./support.ts";

const state = (inputs: object, id = "dts1") => ({ id, inputs: { platform: "changeTracking", ...inputs } });
const wanted = (inputs: object) => ({ inputs: { platform: "changeTracking", ...inputs } });

describe("drift", () => {
  it("parts what was done by hand from what waits for an update, also in one resource", () => {
    const preview = previewWith([
      step("refresh", "a", { oldState: state({ name: "a", account: "x", remark: "r" }) }),
      step("update", "a", {
        oldState: state({ name: "by hand", account: "x", remark: "r" }),
        newState: wanted({ name: "a", account: "y", remark: "r" }),
      }),
    ]);
    const drift = driftOf(preview);
    expect(drift.changed.map(({ inputs }) => inputs.map(({ path }) => path))).toEqual([["name"]]);
    expect(drift.waiting.map(({ inputs }) => inputs.map(({ path }) => path))).toEqual([["account"]]);
    expect(driftExitCodeOf(drift)).toBe(1);
  });

  it("what the program has taken over since is none", () => {
    const preview = previewWith([step("refresh", "a", { oldState: state({ name: "a" }) })]);
    expect(driftOf(preview).summary).toEqual({ changed: 0, deleted: 0, waiting: 0 });
    expect(driftExitCodeOf(driftOf(preview))).toBe(0);
  });

  it("a new resource, a removed one and an update without a difference wait", () => {
    const preview = previewWith([
      step("refresh", "gone", { oldState: state({ name: "gone" }) }),
      step("refresh", "same", { oldState: state({ name: "same" }) }),
      step("create", "new", { newState: wanted({ name: "new" }) }),
      step("delete", "gone", { oldState: state({ name: "gone" }) }),
      step("update", "same", { oldState: state({ name: "same" }), newState: wanted({ name: "same" }) }),
    ]);
    const drift = driftOf(preview);
    expect(drift.summary).toEqual({ changed: 0, deleted: 0, waiting: 3 });
    expect(driftExitCodeOf(drift)).toBe(0);
  });

  it("a look that failed is no verdict", () => {
    const diagnostics = [{ severity: "error", message: "error: the service does not answer" }];
    const drift = driftOf(previewWith([], { diagnostics }));
    expect([driftExitCodeOf(drift), drift.failures]).toEqual([2, ["the service does not answer"]]);
  });

  it("knows a preview that has not looked", () => {
    expect(isRefreshed(recorded("drift"))).toBe(true);
    expect(isRefreshed(recorded("change"))).toBe(false);
    expect(isRefreshed(previewWith([]))).toBe(true);
  });
});
