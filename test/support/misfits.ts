import type { AnswerShape, FieldType } from "../../contract/answer.ts";

/** What in an answer is not as published: fields that are not in its shape, and values of another type. */
export function misfits(answer: unknown, shape: AnswerShape, path = ""): string[] {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer))
    return [`${path || "answer"} is no object`];
  return Object.entries(answer).flatMap(([name, value]) => {
    const wanted = shape[name] ?? shape["*"];
    return wanted === undefined ? [`${path}${name} is not published`] : misfit(value, wanted, path + name);
  });
}

function misfit(value: unknown, wanted: AnswerShape[string], path: string): string[] {
  if (typeof wanted === "string")
    return fits(value, wanted) ? [] : [`${path} is ${JSON.stringify(value)}, not ${wanted}`];
  if (!Array.isArray(wanted)) return misfits(value, wanted as AnswerShape, `${path}.`);
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((item, i) => misfit(item, wanted[0] as AnswerShape[string], `${path}[${i}]`));
}

function fits(value: unknown, type: FieldType): boolean {
  if (type === "numeral") return /^\d+$/.test(String(value));
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
