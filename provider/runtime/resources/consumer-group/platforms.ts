import { isUnknown } from "../../../schema/unknown.ts";
import type { GroupPlatform } from "./platform.ts";

/** Each platform is loaded when its first group comes. */
const LOADERS: Readonly<Record<string, () => Promise<GroupPlatform>>> = {
  changeTracking: async () => (await import("./change-tracking/index.ts")).changeTrackingPlatform,
  rocketmq: async () => (await import("./rocketmq/index.ts")).rocketmqPlatform,
  iot: async () => (await import("./iot/index.ts")).iotPlatform,
};

/** Undefined for a platform that is unknown, or not known yet. */
export async function findPlatform(name: unknown): Promise<GroupPlatform | undefined> {
  if (typeof name !== "string" || isUnknown(name) || !Object.hasOwn(LOADERS, name)) return undefined;
  return LOADERS[name]?.();
}
