import { ALL_RESOURCES, type Resource } from "../../../../contract/limits/cms.ts";
import type { AlertRuleInputs } from "../../../schema/alert-rule.ts";
import { parsedResources } from "../../observe/alert-rules.ts";

type Range = AlertRuleInputs["range"];

/** The dimensions of a resource, and the input that lists their values. */
const LISTS = { groupId: "groups", topic: "topics", productKey: "productKeys" } as const;
const SINGLES = { regionId: "region", instanceId: "instance" } as const;

/** What a range is on the wire: one map of dimensions for each combination of what it lists. */
export function resourcesOf(range: Range): Resource[] {
  if (range.kind === "all") return [ALL_RESOURCES];
  const common = Object.entries(SINGLES).flatMap(([dimension, field]) =>
    range[field] === undefined ? [] : [[dimension, range[field]] as const],
  );
  const lists = Object.entries(LISTS).flatMap(([dimension, field]) =>
    range[field] === undefined ? [] : [[dimension, range[field]] as const],
  );
  return lists.reduce<Resource[]>(
    (all, [dimension, values]) =>
      all.flatMap((resource) => values.map((value) => ({ ...resource, [dimension]: value }))),
    [Object.fromEntries(common)],
  );
}

/** The range that a rule's resources are; what no range can say comes back as text in `resources`. */
export function rangeOf(text: string | undefined): Range | { kind: "instances"; resources: string } {
  const resources = parsedResources(text);
  if (resources === undefined) return { kind: "instances", resources: text ?? "" };
  if (resources.length === 0 || resources.some(isAll)) return { kind: "all" };
  const range = {
    kind: "instances" as const,
    ...Object.fromEntries(
      Object.entries(SINGLES).flatMap(([dimension, field]) => {
        const [value] = valuesOf(resources, dimension);
        return value === undefined ? [] : [[field, value]];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(LISTS).flatMap(([dimension, field]) => {
        const values = valuesOf(resources, dimension);
        return values.length === 0 ? [] : [[field, values]];
      }),
    ),
  };
  return isSameResources(resourcesOf(range), resources)
    ? range
    : { kind: "instances", resources: text ?? "" };
}

/** Resources are a set. An account may add its own id to each. */
export function isSameResources(a: readonly Resource[], b: readonly Resource[]): boolean {
  const [left, right] = [canonical(a), canonical(b)];
  return left.length === right.length && left.every((one, index) => one === right[index]);
}

/** All resources of the account, in either of the two ways to say so. */
function isAll({ userId: _, ...others }: Resource): boolean {
  return Object.keys(others).length === 0 || others.resource === ALL_RESOURCES.resource;
}

function valuesOf(resources: readonly Resource[], dimension: string): string[] {
  return [...new Set(resources.flatMap((resource) => resource[dimension] ?? []))];
}

function canonical(resources: readonly Resource[]): string[] {
  const texts = resources.map(({ userId: _, ...others }) =>
    JSON.stringify(Object.entries(others).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
  return [...new Set(texts)].sort();
}
