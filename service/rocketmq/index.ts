import { PRODUCTS } from "../../contract/products.ts";
import { ROCKETMQ_NOT_SERVED } from "../../contract/rocketmq/index.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { rocketmqActions } from "./actions.ts";
import { messagesLeftOut, messagesReport } from "./engine/plane/report.ts";
import { messageWorker } from "./engine/plane/workers.ts";
import { rocketmqEnvelope } from "./envelope.ts";
import { openRocketmq } from "./open.ts";
import { rocketmqMigrations } from "./schema.ts";
import { seedRocketmq } from "./seed.ts";
import { settingsOf } from "./settings.ts";
import { rocketmqStore } from "./store.ts";

/** ApsaraMQ for RocketMQ 5.x: instances, topics, consumer groups and who may use them. */
export const rocketmqRoom: ProductRoom = {
  name: "rocketmq",
  version: PRODUCTS.rocketmq.version,
  style: PRODUCTS.rocketmq.style,
  host: "rocketmq",
  envelope: rocketmqEnvelope,
  actions: rocketmqActions,
  notServed: ROCKETMQ_NOT_SERVED,
  migrations: rocketmqMigrations,
  open: (kernel) => openRocketmq(kernel, messageWorker(kernel)),
  leftOut: messagesLeftOut,
  seed: seedRocketmq,
  status(kernel) {
    const store = rocketmqStore(kernel.store);
    return {
      instances: store.instances().length,
      topics: store.topics.count(),
      groups: store.groups.count(),
      byStatus: store.countInstancesByStatus(),
      autoCreateGroups: settingsOf(kernel).autoCreateGroups,
      ...messagesReport(kernel),
    };
  },
};
