import { afterAll, beforeAll, expect, it } from "vitest";
import { iotByHand } from "../provider/support/groups.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import { startService, type TestService } from "../support/service.ts";

/* Refusals of the platforms by the real CLI; every rule is in test/provider/runtime/groups-preview.test.ts. */

let service: TestService;
let open: OpenStack;

beforeAll(async () => {
  service = await startService();
  open = await openStack({ program: program(""), config: { "changetracking:endpoint": service.url } });
});
afterAll(async () => {
  await open.close();
  await service.stop();
});

const rmq = (name: string, more: string) =>
  `new ConsumerGroup("${name}", { platform: "rocketmq", instance: "rmq-cn-1", ${more} });`;
const iot = (name: string, more: string) => `new ConsumerGroup("${name}", { platform: "iot", ${more} });`;

const SAME = `version: "5.x", name: "same", afterLastRetry: "discard"`;

it.each([
  ["RMQ-1", "name", `${rmq("one", SAME)} ${rmq("two", SAME)}`, /must be unique/],
  [
    "RMQ-5",
    "retryPolicy.intervalSeconds",
    rmq("g", `${SAME}, deliveryOrder: "ordered", retryPolicy: { type: "fixed", intervalSeconds: 601 }`),
    /1 to 600/,
  ],
  ["RMQ-6", "deliveryOrder", rmq("GID_g", `version: "4.x", deliveryOrder: "ordered"`), /from the client/],
  ["IOT-1", "name", iot("g", `name: "消A"`), /"消A" is 3 wide/],
  ["IOT-4", "name", iot("g", `name: "DEFAULT_GROUP"`), /default group/],
])("%s preview: refused on %s, nothing stored", async (rule, property, body, text) => {
  const held = async () => {
    const { rooms } = (await service.admin("GET", "status")) as { rooms?: unknown };
    return JSON.stringify(rooms);
  };
  const before = await held();
  open.stack.edit(program(body));
  const { ok, checkFailures } = await open.stack.preview();
  expect(ok).toBe(false);
  expect(checkFailures.map((one) => one.property)).toEqual([property]);
  expect(checkFailures[0]?.reason).toMatch(text);
  expect(checkFailures[0]?.reason.endsWith(`[${rule}]`)).toBe(true);
  expect(await held()).toBe(before);
});

it("get and look-ups of IoT groups tell what is there, without managing it", async () => {
  const hand = iotByHand(service, "cn-hangzhou");
  const product = await hand.product("meters");
  const id = await hand.group("消费组A");
  await hand.subscribe(product, id);
  open.stack.edit(
    program(`
    const got = ConsumerGroup.get("got", "${id}", { platform: "iot" });
    exports.got = got.name;
    exports.found = getConsumerGroup({ platform: "iot", name: "消费组A" });`),
  );
  const up = await open.stack.up();
  expect(up.errors).toEqual([]);
  expect(await open.stack.outputs()).toMatchObject({
    got: "消费组A",
    found: { groupId: id, subscriptions: [{ productKey: product, messageTypes: ["deviceData"] }] },
  });
  expect((await open.stack.destroy()).errors).toEqual([]);
  expect(await hand.groupsOf(product)).toEqual([id]);
});
