import { GATEWAY_ERRORS, serviceError } from "../errors/index.ts";

/** One parameter, decoded: name and value. */
export type Pair = [name: string, value: string];

/**
 * Reads a query or a form body, in the order sent. `+` and `%20` both mean a space; a name without `=` has
 * the empty value. Throws `InvalidParameter.Format` where a percent sequence is malformed or is no UTF-8.
 */
export function parsePairs(text: string): Pair[] {
  const pairs: Pair[] = [];
  if (text === "") return pairs;
  for (const part of text.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) pairs.push([decode(part), ""]);
    else pairs.push([decode(part.slice(0, equals)), decode(part.slice(equals + 1))]);
  }
  return pairs;
}

/** Query and form as one list: a name that both hold counts once, with the form's value. */
export function mergeParams(query: readonly Pair[], form: readonly Pair[]): Pair[] {
  if (form.length === 0) return [...query];
  if (query.length === 0) return [...form];
  const inForm = new Set(form.map(([name]) => name));
  return [...query.filter(([name]) => !inForm.has(name)), ...form];
}

function decode(text: string): string {
  const spaced = text.includes("+") ? text.replaceAll("+", " ") : text;
  if (!spaced.includes("%")) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    throw serviceError(GATEWAY_ERRORS.InvalidParameterFormat, {
      detail: "A percent sequence in the query or form is malformed or is not UTF-8.",
    });
  }
}
