import { z } from "zod";
import { regionId } from "../../contract/limits/dts.ts";
import { GROUP_TYPES_4, groupName4, instanceName4, topicName4 } from "../../contract/limits/rocketmq.ts";
import { oneOf } from "../../contract/limits/text.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { readSeedPart, seedInstances } from "../core/kit/room-seed.ts";
import { makeInstance } from "./engine/instances.ts";
import { makeGroup, makeTopic } from "./engine/members.ts";
import { onsStore } from "./store.ts";

const instanceSeed = z.strictObject({
  /** Fixed, so that programs can name it; drawn when left out. */
  id: z
    .string()
    .regex(/^MQ_INST_\w{1,60}$/, { error: "must be MQ_INST_ and 1 to 60 letters, digits and _" })
    .optional(),
  name: instanceName4,
  region: regionId.optional(),
  /** False: names are unique over all instances, as in older accounts. */
  namespace: z.boolean().default(true),
  topics: z
    .array(z.strictObject({ name: topicName4, messageType: z.literal([0, 1, 2, 4, 5]).default(0) }))
    .default([]),
  groups: z
    .array(z.strictObject({ name: groupName4, type: oneOf(GROUP_TYPES_4).default("tcp") }))
    .default([]),
});

const seedPart = z.strictObject({ instances: z.array(instanceSeed).default([]) });

/**
 * Makes the instances of a seed file: `instances: [{ id, name, region, namespace, topics: [{ name, messageType }],
 * groups: [{ name, type }] }]`. An instance whose name the region has is left as it is.
 */
export function seedOns(kernel: Kernel, part: unknown): Promise<void> {
  const { instances } = readSeedPart("ons", seedPart, part);
  const { instances: known } = onsStore(kernel.store);
  return seedInstances(kernel, "ons", instances, known, (seed, region) =>
    kernel.store.transaction(() => seedInstance(kernel, region, seed)),
  );
}

function seedInstance(kernel: Kernel, region: string, seed: z.output<typeof instanceSeed>): void {
  const { id, name, namespace } = seed;
  if (id !== undefined && onsStore(kernel.store).instance(id)) throw new Error(`the id ${id} is taken`);
  const instance = makeInstance(kernel, { instanceId: id, region, name, namespace, remark: "" });
  for (const topic of seed.topics) makeTopic(kernel, instance, { ...topic, remark: "" });
  for (const group of seed.groups) {
    makeGroup(kernel, instance, { name: group.name, groupType: group.type, remark: "" });
  }
}
