import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";

/**
 * `rooms.cms` in the settings: `otherNamespaces: [acs_ecs_dashboard]` are namespaces of products that are not
 * served here. Rules over their metrics are taken without a look at the metric and never have figures.
 */
const roomSettings = z.strictObject({
  otherNamespaces: z.array(z.string().min(1).max(128)).max(1000).default([]),
});

/** Throws when the settings are malformed. */
export function otherNamespaces(kernel: Kernel): readonly string[] {
  return readRoomSettings(kernel, "cms", roomSettings).otherNamespaces;
}
