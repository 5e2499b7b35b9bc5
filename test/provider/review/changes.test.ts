import { describe, expect, it } from "vitest";
import { changesOf, otherChangesOf } from "../../../provider/review/changes.ts";
import { step } from "./support.ts";

const old = { id: "dts1", inputs: { platform: "changeTracking", instance: "i1", name: "a" } };
const now = { inputs: { platform: "changeTracking", instance: "i2", name: "a" } };

describe("changes of a preview", () => {
  it("a replacement shown in its parts is one change, in either order", () => {
    const parts = [
      step("create-replacement", "a", { newState: now }),
      step("delete-replaced", "a", { oldState: old }),
    ];
    for (const steps of [
      parts,
      [...parts].reverse(),
      [...parts, step("replace", "a", { oldState: old, newState: now })],
    ]) {
      expect(changesOf(steps)).toMatchObject([{ op: "replace", name: "a" }]);
    }
    expect(changesOf(parts)[0]?.id).toBe("dts1");
  });

  it("what an earlier replacement has left behind is a delete", () => {
    expect(changesOf([step("delete-replaced", "a", { oldState: old })])).toMatchObject([
      { op: "delete", id: "dts1", inputs: [] },
    ]);
  });

  it("an import is made with an id; retainOnDelete keeps the thing", () => {
    const imported = step("import", "a", { newState: { ...now, id: "dts9" } });
    expect(changesOf([imported])).toMatchObject([{ op: "create", isImport: true, id: "dts9" }]);
    const kept = step("delete", "a", { oldState: { ...old, retainOnDelete: true } });
    expect(changesOf([kept])).toMatchObject([{ op: "delete", isKept: true }]);
  });

  it("a secret has changed where the engine says so: a reason for the whole input says it only without details", () => {
    const source = (user: string) => ({ inputs: { source: { user, password: "[secret]" } } });
    const changed = (detailedDiff: Record<string, unknown>) => {
      const parts = { oldState: source("a"), newState: source("b"), diffReasons: ["source"], detailedDiff };
      return changesOf([step("update", "a", parts)])[0]?.inputs.map(({ path }) => path);
    };
    expect(changed({ "source.user": {} })).toEqual(["source.user"]);
    expect(changed({ "source.user": {}, "source.password": {} })).toEqual(["source.password", "source.user"]);
    expect(changed({ tags: {} })).toEqual(["source.password", "source.user"]);
    expect(changed({})).toEqual(["source.password", "source.user"]);
  });

  it("nothing is told of what stays, and of others only what they are", () => {
    const steps = [
      step("same", "a"),
      step("read", "b"),
      step("refresh", "c"),
      { op: "create", urn: "urn:pulumi:dev::test::pulumi:pulumi:Stack::test-dev" },
      { op: "create", urn: "urn:pulumi:dev::test::pulumi:providers:aws::default" },
      { op: "update", urn: "urn:pulumi:dev::test::aws:s3/bucket:Bucket::logs", newState: now },
    ];
    expect(changesOf(steps)).toEqual([]);
    expect(otherChangesOf(steps)).toEqual([{ op: "update", type: "aws:s3/bucket:Bucket", name: "logs" }]);
  });
});
