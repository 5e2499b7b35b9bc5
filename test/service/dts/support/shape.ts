import type { FieldType, Shape } from "../../../../contract/dts/shapes/index.ts";

/** What in an answer is not as published: fields that are not in the shape, and values of another type. */
export function misfits(answer: unknown, shape: Shape, path = ""): string[] {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    return [`${path || "answer"} is no object`];
  return Object.entries(answer).flatMap(([name, value]) => {
    const wanted = shape[name];
    return wanted === undefined
      ? [`${path}${name} is not published`]
      : misfit(value, wanted, `${path}${name}`);
  });
}

function misfit(value: unknown, wanted: Shape[string], path: string): string[] {
  if (typeof wanted === "string")
    return fits(value, wanted) ? [] : [`${path} is ${JSON.stringify(value)}, not ${wanted}`];
  if (!Array.isArray(wanted)) return misfits(value, wanted as Shape, `${path}.`);
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, i) => misfit(item, wanted[0] as Shape[string], `${path}[${i}]`));
}

function fits(value: unknown, type: FieldType): boolean {
  if (type === "text") return typeof value === "string";
  if (type === "numeral") return /^\d+$/.test(String(value));
  if (type === "flag") return typeof value === "boolean";
  return type === "integer" ? Number.isInteger(value) : typeof value === "number";
}
