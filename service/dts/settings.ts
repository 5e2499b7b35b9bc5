import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";
import type { Settings } from "../core/settings/service-options.ts";

const address = z.string().min(1).optional();

const roomSettings = z.strictObject({
  /** Addresses that answers name instead of the service's own; `public` stands for the other two where they are missing. */
  brokers: z.strictObject({ public: address, vpc: address, internal: address }).prefault({}),
  /** False leaves every source a declaration: nothing is read, nothing listens. */
  capture: z.boolean({ error: "must be true or false" }).default(true),
  /** What is kept of each log; what is beyond either bound is given up, the oldest first. */
  retention: z
    .strictObject({
      hours: z.number().min(0.01).max(8_760).default(24),
      megabytes: z.number().min(64).max(10_000_000).default(10_240),
    })
    .prefault({}),
});

type DtsSettings = z.output<typeof roomSettings>;

const known = new WeakMap<Settings, DtsSettings>();

/** The member `rooms.dts` of the settings. Throws with the name of what is wrong. */
export function settingsOf(kernel: Pick<Kernel, "settings">): DtsSettings {
  const found = known.get(kernel.settings) ?? readRoomSettings(kernel, "dts", roomSettings);
  known.set(kernel.settings, found);
  return found;
}
