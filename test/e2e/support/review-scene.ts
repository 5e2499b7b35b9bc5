import { iotByHand, queuesByHand } from "../../provider/support/groups.ts";
import { GROUP_PASSWORD, program } from "../../provider/support/programs.ts";
import type { TestService } from "../../support/service.ts";

/** Secrets of the scene's program: none may be shown. */
export const SCENE_SECRETS = { groupPassword: "Gr0up-pw-old-1", newPassword: "Gr0up-pw-new-2" } as const;

/** Things that somebody else has made, on which the scene's program stands. */
export interface SceneGround {
  readonly things: ReturnType<typeof iotByHand>;
  readonly meters: string;
  readonly valves: string;
  readonly queues: string;
}

export async function sceneGround(service: TestService): Promise<SceneGround> {
  const things = iotByHand(service, "cn-hangzhou");
  const [meters, valves] = [await things.product("meters"), await things.product("valves")];
  await things.subscribe(valves, await things.group("theirs"));
  return { things, meters, valves, queues: await queuesByHand(service).instance5() };
}

const HEAD = `
const config = new pulumi.Config();
const password = config.requireSecret("groupPassword");
`;

/** The stack as it is: an instance with three groups, a group of IoT Platform and one of RocketMQ. */
export function sceneBefore({ meters, queues }: SceneGround) {
  return program(`${HEAD}
const orders = instance("orders", { tags: { owner: "team-shop" } });
for (const name of ["billing", "search", "audit"]) group(name, orders, { password });
new ConsumerGroup("meters", { platform: "iot", subscriptions: [{ productKey: "${meters}" }] });
new ConsumerGroup("queue", { platform: "rocketmq", version: "5.x", instance: "${queues}", name: "GID_orders", afterLastRetry: "discard" });
`);
}

/** What a pull request makes of it: something of everything. */
export function sceneAfter({ queues }: SceneGround) {
  return program(`${HEAD}
const orders = instance("orders", { name: "all orders", objects: { shop: {}, returns: {} }, tags: { owner: "team-shop", tier: "1" } });
const archive = instance("archive", { tags: { owner: "team-archive" } });
group("billing", orders, { account: "billing_reader", password: config.requireSecret("newPassword") });
group("fraud", orders, { password });
group("audit", archive, { password });
new ConsumerGroup("queue", { platform: "rocketmq", version: "5.x", instance: "${queues}", name: "GID_all_orders", afterLastRetry: "discard" });
`);
}

/** A pull request with mistakes in several resources. */
export function sceneRefused() {
  return program(`${HEAD}
const orders = instance("orders", { name: "x".repeat(200), tags: { owner: "team-shop" } });
group("billing", orders, { account: "a-long-account-with-hyphens", password });
group("search", orders, { consumptionMode: "telepathy", password: "${GROUP_PASSWORD}" });
group("audit", orders, { name: "search", password });
`);
}
