/** Undefined is NULL: a property that the message does not have. */
export type SqlValue = string | number | boolean | undefined;

/**
 * Less than, equal to or more than 0 as of numbers; undefined where one is NULL or the two cannot be compared. Properties are
 * texts: beside a number or a truth value they are read as such.
 */
function compare(one: SqlValue, other: SqlValue): number | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (typeof one === "string" && typeof other === "string") return one < other ? -1 : Number(one > other);
  if (typeof one === "boolean" || typeof other === "boolean") {
    const [left, right] = [asTruth(one), asTruth(other)];
    return left === undefined || right === undefined ? undefined : Number(left) - Number(right);
  }
  const [left, right] = [asNumber(one), asNumber(other)];
  return left === undefined || right === undefined ? undefined : left - right;
}

const comparisons = {
  "=": (order) => order === 0,
  "<>": (order) => order !== 0,
  "!=": (order) => order !== 0,
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
} as const satisfies Record<string, (order: number) => boolean>;

export type Comparison = keyof typeof comparisons;

export function isComparison(text: string): text is Comparison {
  return Object.hasOwn(comparisons, text);
}

/** Undefined where nobody can tell: SQL's third truth value. */
export function compared(by: Comparison, one: SqlValue, other: SqlValue): boolean | undefined {
  const order = compare(one, other);
  return order === undefined ? undefined : comparisons[by](order);
}

export function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

export function and(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === false || other === false) return false;
  return one === undefined || other === undefined ? undefined : true;
}

export function or(one: boolean | undefined, other: boolean | undefined): boolean | undefined {
  if (one === true || other === true) return true;
  return one === undefined || other === undefined ? undefined : false;
}

/** A value where a condition stands: the text of a property counts as it is spelt. */
export function asTruth(value: SqlValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || !/^(true|false)$/i.test(value)) return undefined;
  return value.toLowerCase() === "true";
}

function asNumber(value: string | number): number | undefined {
  const number = typeof value === "number" || value.trim() === "" ? value : Number(value);
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
