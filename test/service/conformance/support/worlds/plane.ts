import type { GroupActivity } from "../../../../../service/core/kit/ports.ts";
import type { ProductRoom } from "../../../../../service/core/kit/product-room.ts";
import { iotRoom } from "../../../../../service/iot/index.ts";

/** A group that a client reads two topics with. */
const activity: GroupActivity = {
  connectedClients: 1,
  accumulatedMessages: 3,
  consumedPerMinute: 60,
  consumedFromBacklogPerMinute: 1,
  lastConsumedAtMs: 1_700_000_000_000,
  clients: [
    {
      clientId: "c",
      address: "127.0.0.1:1",
      connectedAtMs: 1_700_000_000_000,
      language: "JAVA",
      version: "5",
    },
  ],
  topics: [
    {
      topic: "orders",
      accumulatedMessages: 3,
      inflightMessages: 1,
      delaySeconds: 1,
      lastConsumedAtMs: 1_700_000_000_000,
      filter: "paid || sent",
      filterType: "TAG",
      consistent: true,
    },
  ],
};

/** Stands for the data plane: every group of every product is being read, and two are measured. */
export const planeRoom: ProductRoom = {
  name: "plane",
  version: "2000-01-01",
  style: "RPC",
  host: "plane",
  envelope: iotRoom.envelope,
  actions: [],
  migrations: [],
  open(kernel) {
    kernel.ports.add("activity", { activity: () => activity });
    kernel.ports.add("figures", {
      namespace: "acs_rocketmq",
      points: (_, __, toMs) =>
        ["a", "b"].map((groupId) => ({
          timestampMs: toMs,
          dimensions: { instanceId: "rmq-1", groupId },
          value: 1,
        })),
    });
    return { close() {} };
  },
};
