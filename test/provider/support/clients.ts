import { PRODUCTS } from "../../../contract/products.ts";
import type { ProductRoom } from "../../../service/core/kit/product-room.ts";
import { dtsRoom } from "../../../service/dts/index.ts";
import { rooms } from "../../../service/products.ts";

/**
 * All rooms, and before them one that says who is connected: stands in for clients, so that a scene needs none. A word
 * of `connected` is (part of) a group's id.
 */
export function roomsWithClients(connected: Set<string>): readonly ProductRoom[] {
  const clients: ProductRoom = {
    name: "clients",
    version: "1970-01-01",
    style: PRODUCTS.dts.style,
    host: "clients",
    envelope: dtsRoom.envelope,
    actions: [],
    migrations: [],
    open(kernel) {
      kernel.ports.add("activity", {
        activity: (_kind, key) => {
          if (![...connected].some((word) => key.includes(word))) return undefined;
          const client = { clientId: "reader-1", address: "10.0.0.7:4711", connectedAtMs: 1 };
          return { connectedClients: 1, accumulatedMessages: 0, consumedPerMinute: 0, clients: [client] };
        },
      });
      return { close: () => {} };
    },
  };
  return [clients, ...rooms];
}
