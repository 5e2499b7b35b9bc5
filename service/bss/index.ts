import type { ProductRoom } from "../core/kit/product-room.ts";
import { queryAvailableInstances } from "./actions/query-available-instances.ts";
import { setRenewal } from "./actions/set-renewal.ts";
import { bssEnvelope } from "./envelope.ts";

/** The look-up of bills that infrastructure tools need to read an instance back. It keeps nothing of its own. */
export const bssRoom: ProductRoom = {
  name: "bss",
  title: "Billing (BSS OpenAPI)",
  version: "2017-12-14",
  style: "RPC",
  host: "business",
  envelope: bssEnvelope,
  actions: [queryAvailableInstances, setRenewal],
  migrations: [],
};
