import { z } from "zod";
import { regionId } from "../../contract/limits/dts.ts";
import {
  DELIVERY_ORDER_DEFAULT,
  deliveryOrder,
  groupName5,
  MAX_RETRIES_DEFAULT,
  MESSAGE_TYPES_5,
  topicName5,
} from "../../contract/limits/rocketmq.ts";
import { boundedText, oneOf } from "../../contract/limits/text.ts";
import { retryParam } from "../../contract/rocketmq/params.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { readSeedPart, seedInstances } from "../core/kit/room-seed.ts";
import { createGroup } from "./engine/groups.ts";
import { createInstance } from "./engine/instances.ts";
import { makeTopic } from "./engine/topics.ts";
import { rocketmqStore } from "./store.ts";

const topicSeed = z.strictObject({
  name: topicName5,
  messageType: oneOf(MESSAGE_TYPES_5).default("NORMAL"),
});

const groupSeed = z.strictObject({
  name: groupName5,
  deliveryOrder: deliveryOrder.default(DELIVERY_ORDER_DEFAULT),
  retry: retryParam().default({ retryPolicy: "DefaultRetryPolicy", maxRetryTimes: MAX_RETRIES_DEFAULT }),
});

const instanceSeed = z.strictObject({
  /** Fixed, so that programs can name it; drawn when left out. */
  id: z
    .string()
    .regex(/^rmq-[a-z0-9-]{1,60}$/, { error: "must be rmq- and 1 to 60 small letters, digits and -" })
    .optional(),
  name: boundedText(1, 64),
  region: regionId.optional(),
  tags: z.record(z.string(), z.string()).default({}),
  topics: z.array(topicSeed).default([]),
  groups: z.array(groupSeed).default([]),
});

const seedPart = z.strictObject({ instances: z.array(instanceSeed).default([]) });

/**
 * Makes the instances of a seed file, running, with topics and groups: `instances: [{ id, name, region, tags,
 * topics: [{ name, messageType }], groups: [{ name, deliveryOrder, retry }] }]`. An instance whose name the region
 * has is left as it is, so a service may start with the same file again.
 */
export function seedRocketmq(kernel: Kernel, part: unknown): Promise<void> {
  const { instances } = readSeedPart("rocketmq", seedPart, part);
  const { instances: known } = rocketmqStore(kernel.store);
  return seedInstances(kernel, "rocketmq", instances, known, (seed, region) =>
    kernel.store.transaction(() => seedInstance(kernel, region, seed)),
  );
}

function seedInstance(kernel: Kernel, region: string, seed: z.output<typeof instanceSeed>): void {
  const store = rocketmqStore(kernel.store);
  if (seed.id !== undefined && store.instance(seed.id)) throw new Error(`the id ${seed.id} is taken`);
  const id = createInstance(
    kernel,
    {
      instanceId: seed.id,
      region,
      name: seed.name,
      remark: "",
      serviceCode: "rmq",
      seriesCode: "standard",
      subSeriesCode: "single_node",
      paymentType: "PayAsYouGo",
      months: 0,
      renewal: { status: "ManualRenewal" },
      network: {
        vpcInfo: { vpcId: "vpc-local" },
        internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
      },
      product: {},
      defaultVpcAuthFree: true,
      tags: Object.entries(seed.tags).map(([key, value]) => ({ key, value })),
    },
    undefined,
  );
  const instance = store.instance(id);
  if (instance) store.updateInstance({ ...instance, status: "RUNNING" });
  for (const { name, messageType } of seed.topics) makeTopic(kernel, id, name, { messageType, remark: "" });
  for (const { name, deliveryOrder: order, retry } of seed.groups) {
    createGroup(kernel, id, name, { order, retry, remark: "" });
  }
}
