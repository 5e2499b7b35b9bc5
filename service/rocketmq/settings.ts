import { z } from "zod";
import type { Kernel } from "../core/kit/kernel.ts";

const settings = z.strictObject({
  /** RMQ-9: groups that clients use without being declared are made on the way; for test environments only. */
  autoCreateGroups: z.boolean({ error: "must be true or false" }).default(false),
});

export type RocketmqSettings = z.output<typeof settings>;

/** The member `rooms.rocketmq` of the settings. Throws with the name of what is wrong. */
export function settingsOf(kernel: Kernel): RocketmqSettings {
  const parsed = settings.safeParse(kernel.settings.rooms.rocketmq ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(
    `settings: rooms.rocketmq.${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not valid"}`,
  );
}
