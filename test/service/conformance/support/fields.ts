import type { AnswerShape } from "../../../../contract/answer.ts";

/** Fields that only a failure has. */
const OF_FAILURES =
  /^(ErrCode|ErrMessage|Code|Message|ErrorMessage|DynamicCode|DynamicMessage|code|message|dynamicCode|dynamicMessage|accessDeniedDetail)$/;

type Member = AnswerShape[string];

const inside = (member: Member): Member => (Array.isArray(member) ? (member[0] as Member) : member);

/** The published fields of a success, by their paths; `data.list.status`. */
export function publishedFields(shape: AnswerShape, path: readonly string[] = []): string[] {
  return Object.entries(shape).flatMap(([name, member]) => {
    if (path.length === 0 && OF_FAILURES.test(name)) return [];
    const at = [...path, name];
    const content = inside(member);
    return typeof content === "string" ? [at.join(".")] : publishedFields(content as AnswerShape, at);
  });
}

/** Those of them that an answer has. */
export function answeredFields(answer: unknown, shape: AnswerShape, path: readonly string[] = []): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(shape).flatMap(([name, member]) => {
    const given = name === "*" ? Object.values(answer) : [(answer as Record<string, unknown>)[name]];
    const content = inside(member);
    const at = [...path, name];
    return given.flatMap((value) => {
      if (value === undefined || value === null) return [];
      if (typeof content === "string") return [at.join(".")];
      const items: readonly unknown[] = Array.isArray(member) && Array.isArray(value) ? value : [value];
      return items.flatMap((item) => answeredFields(item, content as AnswerShape, at));
    });
  });
}

/** Published fields that are neither answered nor named, alone or with what holds them, in what is said to be missing. */
export function unspoken(shape: AnswerShape, answered: ReadonlySet<string>, partial = ""): string[] {
  const named = new Set(partial.match(/[A-Za-z0-9]+/g));
  const isAbsent = (path: string) => ![...answered].some((one) => one === path || one.startsWith(`${path}.`));
  return publishedFields(shape).filter((field) => {
    if (answered.has(field)) return false;
    const parts = field.split(".");
    return !parts.some((part, i) => named.has(part) && isAbsent(parts.slice(0, i + 1).join(".")));
  });
}
