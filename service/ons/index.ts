import { z } from "zod";
import { ONS_ERRORS, serviceError } from "../../contract/errors/index.ts";
import { instanceName4 } from "../../contract/limits/rocketmq.ts";
import { ONS_NOT_SERVED } from "../../contract/ons/index.ts";
import { PRODUCTS } from "../../contract/products.ts";
import { ASKING, issueText } from "../../contract/validation/issue.ts";
import { ruleOf } from "../../contract/validation/refusal.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { onsActions } from "./actions.ts";
import { makeInstance } from "./engine/instances.ts";
import { onsEnvelope } from "./envelope.ts";
import { onsMigrations } from "./schema.ts";
import { seedOns } from "./seed.ts";
import { onsStore } from "./store.ts";

const wanted = z.strictObject({
  name: instanceName4,
  region: z.string().optional(),
  namespace: z.boolean().default(true),
});

/** ApsaraMQ for RocketMQ 4.x: instances, topics and groups. */
export const onsRoom: ProductRoom = {
  name: "ons",
  version: PRODUCTS.ons.version,
  style: PRODUCTS.ons.style,
  host: "ons",
  envelope: onsEnvelope,
  actions: onsActions,
  notServed: ONS_NOT_SERVED,
  migrations: onsMigrations,
  open(kernel) {
    const store = onsStore(kernel.store);
    kernel.ports.provide("queues4", {
      instance(instanceId) {
        const instance = store.instance(instanceId);
        return instance && { instanceId, version: "4.x", region: instance.region };
      },
      topic(instanceId, topic) {
        const known = store.topics.get(instanceId, topic);
        return known && { instanceId, topic, version: "4.x", messageType: String(known.messageType) };
      },
    });
    return { close: () => undefined };
  },
  seed: seedOns,
  controls: {
    /** The published API makes instances with a namespace only; older accounts have one without. */
    createInstance(kernel, body) {
      const parsed = wanted.safeParse(body, ASKING);
      if (!parsed.success) {
        const issue = parsed.error.issues[0];
        const parameter = issue?.path.join(".") ?? "";
        throw serviceError(ONS_ERRORS.InvalidParameter, {
          parameter,
          detail: `${parameter} ${issue ? issueText(issue) : "is not valid"}`,
          rule: issue && ruleOf(issue),
        });
      }
      const { name, namespace, region = kernel.settings.region } = parsed.data;
      return { instanceId: makeInstance(kernel, { name, namespace, region, remark: "" }).instanceId };
    },
  },
  status(kernel) {
    const store = onsStore(kernel.store);
    return {
      instances: store.instances().length,
      topics: store.topics.count(),
      groups: store.groups.count(),
    };
  },
};
