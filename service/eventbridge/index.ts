import { EVENTBRIDGE_NOT_SERVED } from "../../contract/eventbridge/index.ts";
import { PRODUCTS } from "../../contract/products.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { eventbridgeActions } from "./actions.ts";
import { findLifecycle, openLifecycle } from "./engine/lifecycle.ts";
import { inflowWorker } from "./engine/plane/workers.ts";
import { eventbridgeEnvelope } from "./envelope.ts";
import { eventbridgeMigrations } from "./schema.ts";
import { settingsOf } from "./settings.ts";
import { eventbridgeStore } from "./store.ts";

/** EventBridge: event streams, which carry tracked changes into message queues. */
export const eventbridgeRoom: ProductRoom = {
  name: "eventbridge",
  version: PRODUCTS.eventbridge.version,
  style: PRODUCTS.eventbridge.style,
  host: "eventbridge-console",
  envelope: eventbridgeEnvelope,
  actions: eventbridgeActions,
  notServed: EVENTBRIDGE_NOT_SERVED,
  migrations: eventbridgeMigrations,
  open(kernel) {
    settingsOf(kernel);
    const lifecycle = openLifecycle(kernel, inflowWorker(kernel));
    kernel.ports.add("dependents", lifecycle);
    return {
      async close() {
        lifecycle.close();
        await lifecycle.plane.close();
      },
    };
  },
  status: (kernel) => ({
    byStatus: eventbridgeStore(kernel.store).countByStatus(),
    functions: Object.keys(settingsOf(kernel).functions),
    inflow: findLifecycle(kernel)?.plane.status() ?? {},
  }),
};
