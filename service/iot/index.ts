import { IOT_NOT_SERVED } from "../../contract/iot/index.ts";
import { PRODUCTS } from "../../contract/products.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { iotActions } from "./actions.ts";
import { iotEnvelope } from "./envelope.ts";
import { iotMigrations } from "./schema.ts";
import { seedIot } from "./seed.ts";
import { keepConfiguredInstances } from "./settings.ts";
import { roomStatus } from "./views/status.ts";

/** IoT Platform: consumer groups of server-side subscription, and what can feed them. */
export const iotRoom: ProductRoom = {
  name: "iot",
  version: PRODUCTS.iot.version,
  style: PRODUCTS.iot.style,
  host: "iot",
  envelope: iotEnvelope,
  actions: iotActions,
  notServed: IOT_NOT_SERVED,
  migrations: iotMigrations,
  open(kernel) {
    keepConfiguredInstances(kernel);
    return { close() {} };
  },
  seed: seedIot,
  status: roomStatus,
};
