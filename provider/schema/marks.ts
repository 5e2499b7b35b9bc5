import type { z } from "zod";

/**
 * What a change of an input does. Where a schema says nothing, the resource is updated in place. `nothing` is for what
 * only counts at some other time. Diffs, docs and the docstrings of the args all go by this.
 */
type OnChange = "replaces" | "replaces on 4.x" | "nothing";

declare module "zod" {
  interface GlobalMeta {
    onChange?: OnChange;
    /** What the provider puts in before it judges, so that a program may leave the input out. */
    filledIn?: string;
    /** Version of RocketMQ that alone has the input. */
    only?: "4.x" | "5.x";
  }
}

export const REPLACES = { onChange: "replaces" } as const;
export const REPLACES_ON_4 = { onChange: "replaces on 4.x" } as const;
export const CHANGES_NOTHING = { onChange: "nothing" } as const;
export const LOGICAL_NAME = { filledIn: "the resource's logical name" } as const;

/** The inputs of a resource; those that are known only to be refused are outputs. */
export function inputKeys(schema: z.ZodObject): readonly string[] {
  return Object.keys(schema.shape).filter((key) => !marksOf(schema.shape[key]).readOnly);
}

export function marksOf(field: z.core.$ZodType | undefined): z.core.GlobalMeta {
  return (field as z.ZodType | undefined)?.meta() ?? {};
}

/** The object schema behind a field that may be left out, if it is one. */
export function membersOf(field: z.core.$ZodType | undefined): z.ZodObject | undefined {
  const { type, innerType } = (field?._zod.def ?? {}) as { type?: string; innerType?: z.core.$ZodType };
  if (type === "optional") return membersOf(innerType);
  return type === "object" ? (field as z.ZodObject) : undefined;
}

/** Where a text about an input can go on: before its source. */
export function withSentence(description: string, sentence: string): string {
  const at = description.lastIndexOf(" Source: ");
  if (at < 0) return `${description} ${sentence}`;
  return `${description.slice(0, at)} ${sentence}${description.slice(at)}`;
}
