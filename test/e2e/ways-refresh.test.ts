import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import type { RunResult, TestStack } from "../support/e2e.ts";
import { did, type Ground, idsOf, startGround } from "./support/ground.ts";

/* One stack and one instance with two groups; each test begins and ends with all of it as the program says. */

let ground: Ground;
let open: OpenStack;
let stack: TestStack;
let instance: string;

const region = { RegionId: "cn-hangzhou" };

beforeAll(async () => {
  ground = await startGround();
  const body = `
    const orders = instance("orders", { tags: { team: "shop" } });
    group("billing", orders);
    group("search", orders);`;
  open = await openStack({ program: program(body), config: ground.config });
  stack = open.stack;
  expect((await stack.up()).errors).toEqual([]);
});
afterAll(async () => {
  await open.close();
  await ground.service.stop();
});
beforeEach(async () => {
  instance = await ground.onlyInstance();
});

/** `property old => new` of one resource in a run. */
function inputsOf(run: RunResult, name: string): [unknown, unknown] {
  const step = run.steps.find((one) => one.name === name);
  return [step?.old?.inputs, step?.new?.inputs];
}

test("without drift nothing is shown, by refresh or by a preview that refreshes", async () => {
  expect(did(await stack.refresh())).toEqual([]);
  const preview = await stack.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(preview.errors).toEqual([]);
});

test("a group changed by hand is shown as it is, and put back", async () => {
  const { billing } = await ground.groups(instance);
  await ground.call("ModifyConsumerChannel", {
    ...region,
    DtsInstanceId: instance,
    ConsumerGroupId: billing?.id,
    ConsumerGroupName: "by-hand",
    ConsumerGroupUserName: "by_hand",
  });
  expect(did(await stack.refresh())).toEqual(["billing update"]);
  const preview = await stack.preview();
  expect(did(preview)).toEqual(["billing update"]);
  expect(inputsOf(preview, "billing")).toMatchObject([
    { name: "by-hand", account: "by_hand" },
    { name: "billing", account: "a_billing" },
  ]);
  expect(Object.keys(preview.changed[0]?.detailedDiff ?? {}).sort()).toEqual(["account", "name"]);
  expect((await stack.up()).errors).toEqual([]);
  expect(await ground.groups(instance)).toMatchObject({
    billing: { id: billing?.id, account: "a_billing" },
    search: {},
  });
});

test("an instance changed by hand is shown as it is, and put back, without touching its groups", async () => {
  await ground.call("ModifyDtsJobName", {
    ...region,
    DtsJobId: instance.replace(/^dts/, ""),
    DtsJobName: "by-hand",
  });
  await ground.call("TagResources", {
    ...region,
    ResourceType: "ALIYUN::DTS::INSTANCE",
    ResourceId: [instance],
    Tag: [{ Key: "team", Value: "by-hand" }],
  });
  const up = await stack.up({ args: ["--refresh"] });
  expect(up.errors).toEqual([]);
  expect(await ground.tags(instance)).toEqual({ team: "shop" });
  const detail = await ground.call("DescribeDtsJobDetail", { ...region, DtsInstanceID: instance });
  expect(detail.DtsJobName).toBe("orders");
  expect(await ground.groupNames(instance)).toEqual(["billing", "search"]);
  expect(did(await stack.up())).toEqual([]);
});

test("a group deleted by hand: a refresh forgets it, an up makes it again", async () => {
  const { billing } = await ground.groups(instance);
  await ground.deleteGroup(instance, billing?.id ?? "");
  expect(did(await stack.refresh())).toEqual(["billing delete"]);
  expect(idsOf(await stack.exportState()).billing).toBeUndefined();
  expect(did(await stack.preview())).toEqual(["billing create"]);
  expect((await stack.up()).errors).toEqual([]);
  const now = await ground.groups(instance);
  expect(Object.keys(now).sort()).toEqual(["billing", "search"]);
  expect(now.billing?.id).not.toBe(billing?.id);
});

test("an instance deleted by hand, with its groups, is made again with all of them", async () => {
  for (const { id } of Object.values(await ground.groups(instance))) await ground.deleteGroup(instance, id);
  await ground.call("DeleteDtsJob", { ...region, DtsInstanceId: instance, JobType: "SUBSCRIBE" });
  expect(did(await stack.refresh())).toEqual(["billing delete", "orders delete", "search delete"]);
  expect((await stack.up()).errors).toEqual([]);
  const made = await ground.onlyInstance();
  expect(made).not.toBe(instance);
  expect(await ground.groupNames(made)).toEqual(["billing", "search"]);
});

test("a destroy after everything was deleted by hand succeeds without a refresh", async () => {
  for (const { id } of Object.values(await ground.groups(instance))) await ground.deleteGroup(instance, id);
  await ground.call("DeleteDtsJob", { ...region, DtsInstanceId: instance, JobType: "SUBSCRIBE" });
  expect((await stack.destroy()).errors).toEqual([]);
  expect(await ground.instances()).toEqual([]);
  expect(await stack.exportState()).toEqual([]);
});
