import { nearest } from "../../../contract/limits/message.ts";
import { isPublishedRegion, REGIONS } from "../../../contract/limits/regions.ts";
import { isUnknown } from "../../schema/unknown.ts";
import type { CheckFailure, Properties } from "../resource.ts";
import type { Settings } from "./settings.ts";

/** What is to be said of a region: `refuse` at the local service, `warn` where the real cloud may know a newer one. */
export interface RegionVerdict {
  readonly kind: "refuse" | "warn";
  readonly failure: CheckFailure;
}

/**
 * Judges the region that a resource gets. What the state has already is left alone.
 * @param written the region that the program wrote, undefined where the settings give it
 */
export function judgeRegion(
  settings: Settings,
  isLocal: boolean,
  olds: Properties,
  inputs: Properties,
  written: unknown,
): RegionVerdict | undefined {
  const { region } = inputs;
  if (typeof region !== "string" || isUnknown(region)) return undefined;
  if (region === olds.region || isPublishedRegion(region)) return undefined;
  const meant = nearest(region, REGIONS);
  const hint =
    meant === undefined
      ? "; the published ones begin with cn-, ap-, us-, na-, eu- or me-"
      : `; did you mean ${meant}?`;
  const isDefault = written === undefined && region === settings.region;
  const failure = isDefault
    ? { property: "", reason: `${settings.regionSetBy} is "${region}", which is no published region${hint}` }
    : { property: "region", reason: `is no published region${hint}` };
  return { kind: isLocal ? "refuse" : "warn", failure };
}
