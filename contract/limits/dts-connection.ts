import { needs, type Unmet } from "./condition.ts";
import { oneOf } from "./text.ts";

/** How either end of a task is reached, for the action that tries it: words as its page has them. */
export const endInstanceType = oneOf([
  "RDS",
  "ECS",
  "LocalInstance",
  "Express",
  "dg",
  "DRDS",
  "MongoDB",
  "Redis",
  "PetaData",
  "POLARDB",
  "PolarDB_o",
  "AnalyticDB",
  "Greenplum",
]);

const byHost: readonly string[] = ["LocalInstance", "Express"];

type Ends = Readonly<Record<`${"Source" | "Destination"}Endpoint${"InstanceType" | "IP" | "Port"}`, unknown>>;

/** Address and port belong to what is reached by them. */
export function connectionConditions(ends: Partial<Ends>): (Unmet | undefined)[] {
  return (["SourceEndpoint", "DestinationEndpoint"] as const).flatMap((end) => {
    const type = String(ends[`${end}InstanceType`]);
    const isByHost = byHost.includes(type);
    const why = `with the instance type ${type}`;
    return [
      needs(isByHost, ends[`${end}IP`], [`${end}IP`], why),
      needs(isByHost || type === "ECS", ends[`${end}Port`], [`${end}Port`], why),
    ];
  });
}
