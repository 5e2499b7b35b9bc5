import type { ProductRoom } from "../core/kit/product-room.ts";
import { describeEndpoints } from "./actions/describe-endpoints.ts";
import { envelope } from "./envelope.ts";

/** The location service: clients that know only its address ask it where each product is. */
export const locationRoom: ProductRoom = {
  name: "location",
  title: "Location service",
  version: "2015-06-12",
  style: "RPC",
  host: "location",
  envelope,
  actions: [describeEndpoints],
  migrations: [],
};
