import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";

const settings = z.strictObject({
  /** RMQ-9: groups that clients use without being declared are made on the way; for test environments only. */
  autoCreateGroups: z.boolean({ error: "must be true or false" }).default(false),
  /** False leaves every instance a declaration: no message is kept, nothing listens. */
  messages: z.boolean({ error: "must be true or false" }).default(true),
  /** What is kept of each topic; what is beyond either bound is given up, the oldest first. */
  retention: z
    .strictObject({
      hours: z.number().min(0.01).max(8_760).default(72),
      megabytes: z.number().min(16).max(10_000_000).default(1_024),
    })
    .prefault({}),
});

/** The member `rooms.rocketmq` of the settings. Throws with the name of what is wrong. */
export function settingsOf(kernel: Kernel) {
  return readRoomSettings(kernel, "rocketmq", settings);
}
