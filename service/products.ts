import { bssRoom } from "./bss/index.ts";
import { cmsRoom } from "./cms/index.ts";
import type { ProductRoom } from "./core/kit/product-room.ts";
import { dtsRoom } from "./dts/index.ts";
import { eventbridgeRoom } from "./eventbridge/index.ts";
import { iotRoom } from "./iot/index.ts";
import { locationRoom } from "./location/index.ts";
import { onsRoom } from "./ons/index.ts";
import { rocketmqRoom } from "./rocketmq/index.ts";

/** Every product this service stands in for. Two that answer the same call stop the service at start. */
export const rooms: readonly ProductRoom[] = [
  dtsRoom,
  eventbridgeRoom,
  iotRoom,
  rocketmqRoom,
  onsRoom,
  bssRoom,
  locationRoom,
  cmsRoom,
];
