import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { withRule } from "../../../contract/validation/refusal.ts";
import type { KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { consumerGroupKind as kind } from "../../../provider/runtime/resources/consumer-group/index.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";
import { startService, type TestService } from "../../support/service.ts";
import { identityOf, iotByHand, queuesByHand, REGION, runOn } from "../support/groups.ts";

/*
 * Each rule's preview cell: what is refused, on which property, with which id; the nearest value that is accepted; and
 * that a check stores nothing. `check` is called as a preview calls it; test/e2e/groups-preview.test.ts does it by the CLI.
 */

let service: TestService;
let writesBefore: string;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  writesBefore = await held();
});

/** What the service holds, in numbers. */
async function held(): Promise<string> {
  const { rooms } = (await service.admin("GET", "status")) as { rooms?: object };
  return JSON.stringify(rooms);
}

type One = readonly [string, Properties, Partial<KnownIdentity>?];

/** Checks resources one after the other in one run; failures as `logical name: property: reason`. */
async function preview(...resources: One[]): Promise<string[]> {
  const run = runOn(service);
  const failures: string[] = [];
  for (const [name, inputs, more] of resources) {
    const result = await kind.check(run, identityOf(name, more), {}, inputs);
    failures.push(
      ...result.failures.map(
        ({ property, reason, rule }) => `${name}: ${property}: ${withRule(reason, rule)}`,
      ),
    );
  }
  expect(
    run.calls.filter(
      (call) => !/^(Get|List|Query|Describe|OnsInstanceBaseInfo|OnsTopicList)/.test(call.action),
    ),
  ).toEqual([]);
  return failures;
}

const queue = (more: Properties = {}): Properties => ({
  platform: "rocketmq",
  version: "5.x",
  instance: "rmq-cn-1",
  afterLastRetry: "discard",
  ...more,
});
const old = (more: Properties = {}): Properties => ({
  platform: "rocketmq",
  version: "4.x",
  instance: "MQ_INST_1",
  ...more,
});
const iot = (more: Properties = {}): Properties => ({
  platform: "iot",
  name: "consumers",
  region: REGION,
  ...more,
});

async function refused(
  inputs: Properties,
  property: string,
  rule: string,
  text: RegExp | string = "",
): Promise<void> {
  const failures = await preview(["g", inputs]);
  expect(failures).toHaveLength(1);
  expect(failures[0]).toContain(`g: ${property}: ${property} `);
  expect(failures[0]).toMatch(text);
  expect(failures[0]?.endsWith(`[${rule}]`)).toBe(true);
  expect(await held()).toBe(writesBefore);
}
const accepted = async (...all: Properties[]) => {
  for (const inputs of all) expect(await preview(["g", inputs])).toEqual([]);
};

describe("RocketMQ", () => {
  it("RMQ-1 preview: two groups of one name on one instance are refused, on two they are not", async () => {
    const twice = await preview(["a", queue({ name: "x" })], ["b", queue({ name: "x" })]);
    expect(twice).toEqual([
      expect.stringMatching(/^b: name: name must be unique.*the resource a has "x" too \[RMQ-1\]$/),
    ]);
    expect(
      await preview(["a", queue({ name: "x" })], ["b", queue({ name: "x", instance: "rmq-cn-2" })]),
    ).toEqual([]);
    expect(await preview(["a", queue({ name: "x" })], ["b", queue({ name: "y" })])).toEqual([]);
  });

  it("RMQ-1 preview: counted by identity while the instance is not known", async () => {
    const unknown = queue({ name: "x", instance: UNKNOWN });
    const on = (scope: string) => ({ scope: `urn:${scope}` });
    expect(await preview(["a", unknown, on("i")], ["b", unknown, on("i")])).toHaveLength(1);
    expect(await preview(["a", unknown, on("i")], ["b", unknown, on("j")])).toEqual([]);
    expect(await preview(["a", unknown, on("i")], ["a", unknown, on("i")])).toEqual([]);
  });

  it("RMQ-1 preview: on 4.x with a namespace two instances may have one name, and no topic has it", async () => {
    const hand = queuesByHand(service);
    const [one, two] = [await hand.instance4("instance-one"), await hand.instance4("instance-two")];
    await hand.ons("OnsTopicCreate", { InstanceId: one, Topic: "orders", MessageType: 0 });
    writesBefore = await held();
    const both: One[] = [
      ["a", old({ name: "GID_x", instance: one })],
      ["b", old({ name: "GID_x", instance: two })],
    ];
    expect(await preview(...both)).toEqual([]);
    await refused(old({ name: "orders", instance: one }), "name", "RMQ-1", /is a topic of/);
    await accepted(old({ name: "orders2", instance: one }));
  });

  it("RMQ-1 preview: on 4.x without namespace a name is unique over all such instances", async () => {
    const make = async (name: string, namespace: boolean) =>
      (await service.admin("POST", "rooms/ons/createInstance", { name, namespace })).instanceId;
    const [one, two, named] = [
      await make("one-plain", false),
      await make("two-plain", false),
      await make("named", true),
    ];
    const run = runOn(service);
    const failures = async (name: string, instance: unknown) =>
      (await kind.check(run, identityOf(name), {}, old({ name: "GID_x", instance }))).failures;
    expect(await failures("a", one)).toEqual([]);
    expect(await failures("c", named)).toEqual([]);
    expect(await failures("b", two)).toEqual([
      {
        property: "name",
        reason: expect.stringMatching(/without namespace, but the resource a has "GID_x" too$/),
        rule: "RMQ-1",
      },
    ]);
  });

  it("RMQ-1 preview: what the service cannot be asked is left to create, with one warning", async () => {
    const run = runOn(service);
    for (const name of ["a", "b"]) {
      const { failures } = await kind.check(run, identityOf(name), {}, old({ name: `GID_${name}` }));
      expect(failures).toEqual([]);
    }
    expect(run.said.filter((text) => text.startsWith("warn"))).toHaveLength(1);
  });

  it("RMQ-2 preview: 5.x names have 1 to 60 letters, digits, _, - and %", async () => {
    await refused(queue({ name: "" }), "name", "RMQ-2", /1 to 60/);
    await refused(queue({ name: "a".repeat(61) }), "name", "RMQ-2", /got 61/);
    await refused(queue({ name: "a.b" }), "name", "RMQ-2", /"a\.b"/);
    await accepted(queue({ name: "a" }), queue({ name: "a".repeat(60) }), queue({ name: "a%B_1-" }));
  });

  it("RMQ-2 preview: 4.x names have 2 to 64 letters, digits, - and _", async () => {
    await refused(old({ name: "a" }), "name", "RMQ-2", /2 to 64/);
    await refused(old({ name: "a".repeat(65) }), "name", "RMQ-2");
    await refused(old({ name: "a%b" }), "name", "RMQ-2");
    await accepted(old({ name: "ab" }), old({ name: "a".repeat(64) }));
  });

  it("RMQ-3 preview: delivery is concurrent or ordered", async () => {
    await refused(queue({ deliveryOrder: "Orderly" }), "deliveryOrder", "RMQ-3", /concurrent, ordered/);
    await accepted(queue({ deliveryOrder: "ordered" }), queue({ deliveryOrder: "concurrent" }), queue());
  });

  it("RMQ-4 preview: 0 to 1000 retries, then a topic or discard, said by the program", async () => {
    const retries = (maxRetries: unknown) => queue({ retryPolicy: { type: "default", maxRetries } });
    await refused(retries(1001), "retryPolicy.maxRetries", "RMQ-4", /0 to 1000, got 1001/);
    await refused(retries(-1), "retryPolicy.maxRetries", "RMQ-4");
    await refused(retries(1.5), "retryPolicy.maxRetries", "RMQ-4");
    await accepted(retries(0), retries(1000));
    await refused(queue({ afterLastRetry: undefined }), "afterLastRetry", "RMQ-4", /required on 5\.x/);
    await refused(queue({ afterLastRetry: "drop" }), "afterLastRetry", "RMQ-4", /"discard" or/);
    await refused(queue({ retryPolicy: { type: "often" } }), "retryPolicy.type", "RMQ-4");
    await accepted(queue({ afterLastRetry: { deadLetterTopic: "dead" } }));
  });

  it("RMQ-5 preview: the fixed interval is 10 to 1800 s concurrent, 1 to 600 s ordered", async () => {
    const fixed = (intervalSeconds: unknown, deliveryOrder = "concurrent") =>
      queue({ deliveryOrder, retryPolicy: { type: "fixed", intervalSeconds } });
    const at = "retryPolicy.intervalSeconds";
    for (const seconds of [9, 1801, 10.5]) await refused(fixed(seconds), at, "RMQ-5", /10 to 1800/);
    for (const seconds of [0, 601]) await refused(fixed(seconds, "ordered"), at, "RMQ-5", /1 to 600/);
    await refused(fixed(undefined), at, "RMQ-5", /required with type fixed/);
    await refused(queue({ retryPolicy: { type: "default", intervalSeconds: 10 } }), at, "RMQ-5");
    await accepted(fixed(10), fixed(1800), fixed(1, "ordered"), fixed(600, "ordered"), fixed(5, UNKNOWN));
  });

  it("RMQ-6 preview: a 4.x group has no order, retries or dead letters, and the text says where they belong", async () => {
    const name = "GID_x";
    await refused(
      old({ name, deliveryOrder: "ordered" }),
      "deliveryOrder",
      "RMQ-6",
      /from the client: create an ordered consumer/,
    );
    await refused(
      old({ name, retryPolicy: { type: "default" } }),
      "retryPolicy",
      "RMQ-6",
      /MaxReconsumeTimes/,
    );
    await refused(old({ name, afterLastRetry: "discard" }), "afterLastRetry", "RMQ-6", /handle them there/);
    await refused(queue({ groupType: "tcp" }), "groupType", "RMQ-6", /4\.x groups only/);
    await accepted(old({ name }), old({ name, groupType: "http", remark: "by hand" }));
  });
});

describe("IoT Platform", () => {
  it("IOT-1 preview: 4 to 30 wide, a Chinese or Japanese character counting 2, and the width is said", async () => {
    await refused(iot({ name: "消A" }), "name", "IOT-1", /"消A" is 3 wide/);
    await refused(iot({ name: `${"消费组".repeat(5)}A` }), "name", "IOT-1", /is 31 wide/);
    const failures = await preview(["g", iot({ name: "カ" })]);
    expect(failures[0]).toContain('"カ" is 2 wide');
    await accepted(
      iot({ name: "消费" }),
      iot({ name: "消费组A" }),
      iot({ name: "消费组".repeat(5) }),
      iot({ name: "abcd" }),
    );
  });

  it("IOT-2 preview: Chinese, English letters, Japanese, digits and underscores, and the character is named", async () => {
    await refused(iot({ name: "group-a" }), "name", "IOT-2", /"-" \(U\+002D\)/);
    await refused(iot({ name: "ｇｒｏｕｐ" }), "name", "IOT-2", /U\+FF47/);
    await accepted(iot({ name: "group_a" }), iot({ name: "グループ_1" }));
  });

  it("IOT-4 preview: a resource that would manage the default group is refused", async () => {
    await refused(iot({ name: "DEFAULT_GROUP" }), "name", "IOT-4");
    await accepted(iot({ name: "DEFAULT_GROUP2" }));
  });

  it("two groups of one name in one instance are refused, in two regions they are not", async () => {
    expect(await preview(["a", iot()], ["b", iot()])).toEqual([expect.stringMatching(/^b: name: .*unique/)]);
    expect(await preview(["a", iot()], ["b", iot({ region: "cn-beijing" })])).toEqual([]);
    expect(await preview(["a", iot()], ["b", iot({ iotInstanceId: "iot-1" })])).toEqual([]);
  });

  it("subscriptions are a set: each product once, unknown keys wait", async () => {
    const on = (...keys: string[]) => iot({ subscriptions: keys.map((productKey) => ({ productKey })) });
    expect(await preview(["g", on("a1", "a1")])).toEqual([
      expect.stringMatching(/subscriptions: .*"a1" twice$/),
    ]);
    await accepted(on("a1", "a2"), on(UNKNOWN, UNKNOWN), iot({ subscriptions: UNKNOWN }));
    const inputs = async (one: Properties) =>
      (await kind.check(runOn(service), identityOf("g"), {}, one)).inputs;
    const [there, back] = [await inputs(on("a1", "a2")), await inputs(on("a2", "a1"))];
    expect(there).toEqual(back);
    expect((await kind.diff(there, back)).changes).toBe(false);
    expect((await kind.diff(iot(), iot({ subscriptions: [] }))).changes).toBe(false);
  });

  it("DEL-1 preview: a replacement, which deletes, is said at the resource", async () => {
    const hand = iotByHand(service);
    await hand.product("meters");
    const run = runOn(service);
    await kind.check(run, identityOf("g"), iot(), iot({ region: "cn-beijing" }));
    await kind.check(run, identityOf("g"), iot(), iot({ region: "cn-beijing" }));
    expect(run.said).toEqual([expect.stringMatching(/change of region replaces this consumer group/)]);
    expect(await kind.diff(iot(), iot({ region: "cn-beijing" }))).toMatchObject({ replaces: ["region"] });
  });
});

describe("inputs of another platform", () => {
  it.each([
    [queue({ subscriptions: [] }), "subscriptions"],
    [queue({ account: "a" }), "account"],
    [iot({ deliveryOrder: "ordered" }), "deliveryOrder"],
    [iot({ instance: "dts1" }), "instance"],
    [queue({ password: "Passw0rd-secret" }), "password"],
  ])("are refused: %#", async (inputs, property) => {
    const failures = await preview(["g", inputs]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain(`g: ${property}: ${property} is not an input here`);
    expect(failures[0]).not.toContain("Passw0rd");
  });

  it("a platform that does not exist is named with those that do", async () => {
    expect(await preview(["g", { platform: "kafka" }])).toEqual([
      expect.stringContaining('platform must be one of changeTracking, rocketmq, iot, got "kafka"'),
    ]);
  });
});

describe("diff", () => {
  it("RocketMQ: the name is the id, so a change replaces, the old group first; the rest is changed in place", async () => {
    const { diff } = kind;
    const replaced = { replaces: ["name"], deleteBeforeReplace: true };
    expect(await diff(queue({ name: "a" }), queue({ name: "b" }))).toMatchObject(replaced);
    expect(await diff(queue({ name: "a" }), queue({ name: "a", deliveryOrder: "ordered" }))).toMatchObject({
      changes: true,
      replaces: [],
    });
    expect(await diff(old({ name: "a" }), old({ name: "a", remark: "x" }))).toMatchObject({
      replaces: ["remark"],
    });
  });

  it("RocketMQ: a change of delivery order is explained once", async () => {
    const run = runOn(service);
    const before = queue({ name: "a", region: REGION });
    const after = { ...before, deliveryOrder: "ordered" };
    for (let times = 0; times < 2; times += 1) await kind.check(run, identityOf("a"), before, after);
    expect(run.said).toEqual([
      expect.stringMatching(/from concurrent to ordered: order begins.*Restart the consumers/),
    ]);
  });
});
