import type { Kernel } from "./kernel.ts";
import type { GroupActivity } from "./ports.ts";

/** A group without clients: nobody connected and nothing waiting. */
const idle: GroupActivity = {
  connectedClients: 0,
  accumulatedMessages: 0,
  consumedPerMinute: 0,
  clients: [],
};

/** Live figures of a group, by the room's name and the group's key in it; those of an idle group without a data plane. */
export function groupActivity({ ports }: Pick<Kernel, "ports">, kind: string, key: string): GroupActivity {
  for (const port of ports.all("activity")) {
    const activity = port.activity(kind, key);
    if (activity !== undefined) return activity;
  }
  return idle;
}
