import type { z } from "zod";
import { inputKeys, marksOf, membersOf } from "../../../schema/marks.ts";
import { isUnknown, UNKNOWN } from "../../../schema/unknown.ts";
import { changedKeys } from "../../equal.ts";
import type { Properties } from "../../resource.ts";

export interface InputDiff {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

/** Compares inputs; which of them replace the resource is said in their schema. */
export function diffInputs(schema: z.ZodObject, olds: Properties, news: Properties): InputDiff {
  const keys = inputKeys(schema);
  return { changes: changedKeys(olds, news, keys).length > 0, replaces: replacedKeys(schema, olds, news) };
}

function replacedKeys(schema: z.ZodObject, olds: Properties, news: Properties): string[] {
  return inputKeys(schema).filter((key) => {
    const { onChange } = marksOf(schema.shape[key]);
    if (onChange === "replaces" || (onChange === "replaces on 4.x" && news.version === "4.x")) {
      return changedKeys(olds, news, [key]).length > 0;
    }
    const members = membersOf(schema.shape[key]);
    if (members === undefined) return false;
    return replacedKeys(members, valuesOf(olds[key], members), valuesOf(news[key], members)).length > 0;
  });
}

/** An object that is not known as a whole has no known member. */
function valuesOf(value: unknown, members: z.ZodObject): Properties {
  if (isUnknown(value)) return Object.fromEntries(inputKeys(members).map((key) => [key, UNKNOWN]));
  return typeof value === "object" && value !== null ? (value as Properties) : {};
}
