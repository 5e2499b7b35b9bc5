import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";

const settings = z.strictObject({
  /** RMQ-9: groups that clients use without being declared are made on the way; for test environments only. */
  autoCreateGroups: z.boolean({ error: "must be true or false" }).default(false),
});

/** The member `rooms.rocketmq` of the settings. Throws with the name of what is wrong. */
export function settingsOf(kernel: Kernel) {
  return readRoomSettings(kernel, "rocketmq", settings);
}
