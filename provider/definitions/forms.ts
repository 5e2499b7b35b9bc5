import type { z } from "zod";
import { valueAt } from "../../contract/limits/path.ts";

/** What a value may be, as far as its members are concerned. */
export interface Form {
  /** Members by name, of an object that knows its names. */
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  /** Values of a mapping whose names people choose. */
  readonly values?: z.core.$ZodType;
  /** Items of a list. */
  readonly item?: z.core.$ZodType;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly values?: readonly unknown[];
}

/** The forms that a schema has for a value: of a union those that the value can be. */
export function formsOf(schema: z.core.$ZodType, value: unknown): Form[] {
  const { type, shape, options, innerType, element, valueType } = schema._zod.def as unknown as Definition;
  if (innerType !== undefined) return formsOf(innerType, value);
  if (options !== undefined) {
    const fitting = options.filter((option) => fits(option, value));
    return (fitting.length === 0 ? options : fitting).flatMap((option) => formsOf(option, value));
  }
  if (type === "object" && shape !== undefined) return [{ shape }];
  if (type === "record" && valueType !== undefined) return [{ values: valueType }];
  if (type === "array" && element !== undefined) return [{ item: element }];
  return [];
}

/** Whether no literal of an object says that it is not meant, as `platform` does. */
function fits(option: z.core.$ZodType, value: unknown): boolean {
  const { shape } = option._zod.def as unknown as Definition;
  if (shape === undefined || typeof value !== "object" || value === null) return true;
  return Object.entries(shape).every(([name, field]) => {
    const { type, values = [] } = field._zod.def as unknown as Definition;
    return type !== "literal" || values.includes((value as Record<string, unknown>)[name]);
  });
}

/** The schemas that the forms of a value have for a key, or for an item of a list. */
export function schemasAt(forms: readonly Form[], part: string | number): z.core.$ZodType[] {
  return forms.flatMap(({ shape, values, item }) => {
    if (typeof part === "number") return item ?? values ?? [];
    return (shape !== undefined && Object.hasOwn(shape, part) ? shape[part] : values) ?? [];
  });
}

/** Whether a path ends in a key that no form of the value knows: it may be a misspelt one, of a secret too. */
export function isUnknownMember(
  schema: z.core.$ZodType,
  value: unknown,
  path: readonly (string | number)[],
): boolean {
  let [schemas, at]: [readonly z.core.$ZodType[], unknown] = [[schema], value];
  for (const [index, part] of path.entries()) {
    const forms = schemas.flatMap((one) => formsOf(one, at));
    const known = schemasAt(forms, part);
    const isObject = forms.some(({ shape }) => shape !== undefined);
    if (known.length === 0) return isObject && index === path.length - 1;
    schemas = known;
    at = valueAt(at, [part]);
  }
  return false;
}
