import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ONE_INSTANCE_THREE_GROUPS, program } from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
let others: ReturnType<typeof somebodyElse>;

beforeAll(async () => {
  service = await startService();
  others = somebodyElse(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("DELETE", "faults");
  await service.admin("POST", "reset");
});

const run = (files: Record<string, string>, work: (stack: TestStack) => Promise<void>) =>
  withStack({ program: files, config: { "changetracking:endpoint": service.url } }, work);
const fault = (rule: object) => service.admin("POST", "faults", rule);

const WRITES = [
  "CreateDtsInstance",
  "ConfigureSubscription",
  "StartDtsJob",
  "CreateConsumerChannel",
  "ModifyConsumerChannel",
  "ModifyDtsJobName",
  "ModifySubscription",
  "ModifyDtsJobPassword",
  "TransferPayType",
  "TagResources",
  "UntagResources",
  "DeleteConsumerChannel",
  "DeleteDtsJob",
];

const FIRST = program(
  `const on = instance("orders", { tags: { a: "1" } }); for (const name of ["x", "y"]) group(name, on);`,
);
const SECOND = program(`
  const on = instance("orders", {
    name: "renamed", objects: { other: {} }, tags: { b: "2" }, source: { ...source, password: "changed-9" },
    payType: "PrePaid", period: { unit: "Month", count: 1 },
  });
  for (const name of ["x", "y"]) group(name, on, { name: name + "2" });`);
const THIRD = program(
  `instance("orders", { name: "renamed", objects: { other: {} }, tags: { b: "2" }, source: { ...source, password: "changed-9" } });`,
);

describe("answers that are lost after the work was done", () => {
  it("of every action used never make two of anything", async () => {
    await run(FIRST, async (stack) => {
      for (const [files, groups] of [
        [FIRST, ["x", "y"]],
        [SECOND, ["x2", "y2"]],
        [THIRD, []],
      ] as const) {
        for (const action of WRITES) await fault({ action, kind: "drop", times: 1 });
        stack.edit(files);
        const up = await stack.up();
        expect(up.errors).toEqual([]);
        expect(await others.groupNames()).toEqual(groups);
        expect(await others.instances()).toHaveLength(1);
        expect((await stack.refresh()).changed).toEqual([]);
        await service.admin("DELETE", "faults");
      }
      for (const action of WRITES) await fault({ action, kind: "drop", times: 1 });
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await others.instances()).toEqual([]);
    });
  });
});

describe("passing failures", () => {
  it.each([
    ["throttling", { code: "Throttling.User", httpStatus: 400 }],
    ["a service that is unavailable before the work", { code: "ServiceUnavailable", httpStatus: 503 }],
  ])("of reads and repeatable writes are waited out: %s", async (_, rule) => {
    await run(ONE_INSTANCE_THREE_GROUPS, async (stack) => {
      for (const action of WRITES.filter((one) => one !== "CreateDtsInstance"))
        await fault({ action, kind: "error", times: 2, ...rule });
      for (const action of ["DescribeDtsJobs", "DescribeDtsJobDetail", "DescribeConsumerChannel"])
        await fault({ action, kind: "error", times: 2, ...rule });
      expect((await stack.up()).errors).toEqual([]);
      expect(await others.groupNames()).toEqual(["audit", "billing", "search"]);
    });
  });

  it("a slow answer, later than the official client waits by default, is waited for", async () => {
    await run(program(`instance("orders");`), async (stack) => {
      await fault({ action: "ConfigureSubscription", kind: "delay", ms: 3500, times: 1 });
      expect((await stack.up()).errors).toEqual([]);
    });
  });
});

describe("what fails halfway", () => {
  it("an instance whose configuration is refused stays in the state, and the next up mends it", async () => {
    await run(ONE_INSTANCE_THREE_GROUPS, async (stack) => {
      await fault({
        action: "ConfigureSubscription",
        kind: "error",
        code: "InvalidDbList",
        httpStatus: 400,
        times: 1,
      });
      const failed = await stack.up();
      expect(failed.errors.join()).toContain("InvalidDbList");
      expect(await others.instances()).toHaveLength(1);
      const kept = (await stack.exportState()).find((one) => one.type.endsWith("ChangeTrackingInstance"));
      expect(kept?.id).toBe((await others.instances())[0]?.DtsInstanceID);
      const mended = await stack.up();
      expect(mended.errors).toEqual([]);
      expect(await others.instances()).toHaveLength(1);
      expect(await others.groupNames()).toEqual(["audit", "billing", "search"]);
      expect((await stack.destroy()).ok).toBe(true);
    });
  });

  it("a source that cannot be reached fails with the reason of the precheck, and is mended in place", async () => {
    const body = (port: number, password: string) =>
      program(`instance("orders", {
      source: { engine: "MySQL", accessMethod: "LocalInstance", host: "127.0.0.1", port: ${port}, user: "u", password: "${password}" },
    });`);
    await run(body(1, "wrong-pw-1"), async (stack) => {
      const failed = await stack.up();
      expect(failed.errors.join()).toMatch(
        /precheck of instance dts\w+ failed: .*127\.0\.0\.1.*\[PrecheckFailed\]/,
      );
      expect(failed.text).not.toContain("wrong-pw-1");
      expect(await others.instances()).toHaveLength(1);
      expect((await stack.destroy()).ok).toBe(true);
      expect(await others.instances()).toEqual([]);
    });
  });

  it("preview goes on when the service cannot be asked, and warns once", async () => {
    const id = await others.makeInstance("shared");
    await run(program(`for (const name of ["a", "b", "c"]) group(name, "${id}");`), async (stack) => {
      await fault({ action: "DescribeConsumerChannel", kind: "error" });
      const preview = await stack.preview();
      expect(preview.ok).toBe(true);
      expect(preview.warnings).toEqual([
        expect.stringContaining("could not be asked which consumer groups exist"),
      ]);
    });
  });
});
