import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";

const settings = z.strictObject({
  /** Where each function of Function Compute really is: URL by ARN or by function name. */
  functions: z
    .record(
      z.string().min(1),
      z.url({ protocol: /^https?$/, error: "must be a URL such as http://127.0.0.1:9000/clean" }),
    )
    .default({}),
});

type EventbridgeSettings = z.output<typeof settings>;

/** The member `rooms.eventbridge` of the settings. Throws with the name of what is wrong. */
export function settingsOf(kernel: Kernel): EventbridgeSettings {
  return readRoomSettings(kernel, "eventbridge", settings);
}

/** The URL configured for a function, by its ARN or by its name; undefined when none is. */
export function functionUrl(kernel: Kernel, arn: string): string | undefined {
  const { functions } = settingsOf(kernel);
  const name = arn.slice(arn.lastIndexOf("/") + 1);
  for (const key of [arn, name]) if (Object.hasOwn(functions, key)) return functions[key];
  return undefined;
}
