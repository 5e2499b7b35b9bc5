import type { KindName } from "../../identity.ts";
import type { ResourceKind } from "../resource.ts";
import { ProviderError } from "./errors.ts";
import { VERSION } from "./version.ts";

/** Each kind is loaded when its first resource comes. */
const LOADERS: Readonly<Record<KindName, () => Promise<ResourceKind>>> = {
  ChangeTrackingInstance: async () =>
    (await import("../resources/change-tracking-instance/index.ts")).changeTrackingInstanceKind,
  ConsumerGroup: async () => (await import("../resources/consumer-group/index.ts")).consumerGroupKind,
  InflowTask: async () => (await import("../resources/inflow-task/index.ts")).inflowTaskKind,
  AlertRule: async () => (await import("../resources/alert-rule/index.ts")).alertRuleKind,
};

/** Throws ProviderError `UnknownResourceKind` for a state that a newer version of the package has written. */
export async function loadKind(name: string): Promise<ResourceKind> {
  if (!isKindName(name)) {
    throw new ProviderError(
      "UnknownResourceKind",
      `pulumi-change-tracking ${VERSION} has no resource ${name}. The state was written by another version: ` +
        "install that version or a newer one (`npm install pulumi-change-tracking@latest`) and run again",
    );
  }
  return LOADERS[name]();
}

/** Whether this version has a kind of that name. */
export function isKindName(name: string): name is KindName {
  return Object.hasOwn(LOADERS, name);
}
