import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { startService, type TestService } from "../../support/service.ts";
import { create, failureOf, iotByHand, REGION, remove, runOn, update } from "../support/groups.ts";

/* Groups of IoT Platform against the real service, without the CLI: what it holds is looked at afterwards. */

let service: TestService;
let hand: ReturnType<typeof iotByHand>;

beforeAll(async () => {
  service = await startService();
  hand = iotByHand(service);
});
afterAll(() => service.stop());
beforeEach(() => service.admin("POST", "reset"));

const group = (name: string, more: Properties = {}): Properties => ({
  platform: "iot",
  name,
  region: REGION,
  ...more,
});
const on = (...subscriptions: unknown[]): Properties => ({ subscriptions });

describe("create", () => {
  it("makes the group and its missing subscriptions, with their message types", async () => {
    const product = await hand.product("meters");
    const wanted = on({ productKey: product, messageTypes: ["deviceStatus", "deviceData"] });
    const made = await create(runOn(service), "g", group("消费组A", wanted));
    expect(await hand.idOf("消费组A")).toBe(made.id);
    expect(await hand.groupsOf(product)).toEqual([made.id]);
    expect(await hand.typesOf(product)).toEqual(["deviceData", "deviceStatus"]);
    expect(made.props).toMatchObject({
      groupId: made.id,
      madeSubscriptions: [product],
      status: { connected: false, onlineClients: 0 },
      connection: { protocol: "AMQP 1.0", userName: expect.stringContaining(`consumerGroupId=${made.id}`) },
    });
  });

  it("joins a subscription that is there, and leaves its message types", async () => {
    const product = await hand.product("meters");
    const theirs = await hand.group("theirs");
    await hand.subscribe(product, theirs);
    const run = runOn(service);
    const wanted = on({ productKey: product, messageTypes: ["otaJob"] });
    const made = await create(run, "g", group("mine", wanted));
    expect(await hand.groupsOf(product)).toEqual([theirs, made.id]);
    expect(await hand.typesOf(product)).toEqual(["deviceData"]);
    expect(made.props.madeSubscriptions).toEqual([]);
  });

  it("refuses a taken name, and takes it over with adoptExisting", async () => {
    const id = await hand.group("theirs");
    expect(await failureOf(create(runOn(service), "g", group("theirs")))).toMatch(
      /already has.*\[AlreadyExists\]$/,
    );
    const adopted = await create(runOn(service), "g", group("theirs", { adoptExisting: true }));
    expect(adopted.id).toBe(id);
  });

  it("a product that does not exist leaves the group in the state, and the next up mends it", async () => {
    const product = await hand.product("meters");
    const wanted = [{ productKey: product }, { productKey: "zzzNone" }];
    const error = await create(runOn(service), "g", group("mine", on(...wanted))).catch((thrown) => thrown);
    expect(error.message).toMatch(/no product zzzNone.*\[NotFound\]$/);
    expect(error.properties.subscriptions).toEqual([{ productKey: product }]);
    const kept = { id: error.id, props: error.properties };
    const mended = await update(runOn(service), "g", kept, group("mine", on({ productKey: product })));
    await remove(runOn(service), mended);
    expect([await hand.idOf("mine"), await hand.groupsOf(product)]).toEqual([undefined, undefined]);
  });
});
