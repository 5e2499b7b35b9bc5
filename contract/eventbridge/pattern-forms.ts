import { kindOf, shown } from "../limits/message.ts";
import type { Problem } from "./failure.ts";

/** One form of comparison that an alternative can ask for, under its published name. */
export interface PatternForm {
  /** What is wrong with the operand; the place is relative to the form's name. */
  readonly problem: (operand: unknown) => Problem | undefined;
  /** Whether one plain value of an event, never a missing one, satisfies the operand. */
  readonly matches: (operand: unknown, value: unknown) => boolean;
}

const here = (text: string): Problem => ({ at: "", text });

function textForm(test: (value: string, operand: string) => boolean): PatternForm {
  return {
    problem: (operand) =>
      typeof operand === "string" ? undefined : here(`must be a string, got ${kindOf(operand)}`),
    matches: (operand, value) => typeof value === "string" && test(value, operand as string),
  };
}

const prefix = textForm((value, operand) => value.startsWith(operand));

const anythingBut: PatternForm = {
  problem(operand) {
    if (isComparable(operand)) return undefined;
    if (Array.isArray(operand)) {
      if (operand.length === 0) return here("must name at least one value, got an empty list");
      const wrong = operand.findIndex((one) => !isComparable(one));
      return wrong < 0
        ? undefined
        : { at: `[${wrong}]`, text: `must be a string or a number, got ${kindOf(operand[wrong])}` };
    }
    const keys = typeof operand === "object" && operand !== null ? Object.keys(operand) : [];
    if (keys.length !== 1 || keys[0] !== "prefix") {
      return here(`must be a string, a number, a list of them or {"prefix": ...}, got ${kindOf(operand)}`);
    }
    const inner = prefix.problem((operand as { prefix: unknown }).prefix);
    return inner && { at: `.prefix${inner.at}`, text: inner.text };
  },
  matches(operand, value) {
    if (isComparable(operand)) return value !== operand;
    if (Array.isArray(operand)) return !operand.includes(value);
    return !prefix.matches((operand as { prefix: unknown }).prefix, value);
  },
};

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
};
const operators = Object.keys(COMPARISONS).join(" ");

/** Comparisons in one list: a lower and an upper bound. */
const COMPARISONS_MAX = 2;

/** An older edition compared numbers as texts; here 300 and 3.0e2 are equal. */
const numeric: PatternForm = {
  problem(operand) {
    if (!Array.isArray(operand) || operand.length % 2 !== 0 || operand.length === 0) {
      return here(`must be a list of operator and number, such as [">", 0, "<=", 5], got ${kindOf(operand)}`);
    }
    if (operand.length > 2 * COMPARISONS_MAX) {
      return here(`must hold at most ${COMPARISONS_MAX} comparisons, got ${operand.length / 2}`);
    }
    for (const [i, one] of operand.entries()) {
      if (i % 2 === 1 && !(typeof one === "number" && Number.isFinite(one))) {
        return { at: `[${i}]`, text: `must be a number, got ${kindOf(one)}` };
      }
      if (i % 2 === 0 && !(typeof one === "string" && Object.hasOwn(COMPARISONS, one))) {
        return { at: `[${i}]`, text: `must be one of ${operators}, got ${shown(one)}` };
      }
    }
    return undefined;
  },
  matches(operand, value) {
    if (typeof value !== "number") return false;
    const list = operand as (string | number)[];
    for (let i = 0; i < list.length; i += 2) {
      if (!COMPARISONS[list[i] as string]?.(value, list[i + 1] as number)) return false;
    }
    return true;
  },
};

const cidr: PatternForm = {
  problem: (operand) =>
    blockOf(operand) === undefined
      ? here(`must be an IPv4 block such as "10.0.0.0/24", got ${shown(operand)}`)
      : undefined,
  matches(operand, value) {
    const block = blockOf(operand);
    const address = addressOf(value);
    if (block === undefined || address === undefined) return false;
    const size = 2 ** (32 - block.bits);
    return Math.floor(block.address / size) === Math.floor(address / size);
  },
};

function blockOf(text: unknown): { address: number; bits: number } | undefined {
  const found = typeof text === "string" ? /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text) : null;
  const address = addressOf(found?.[1]);
  return address === undefined ? undefined : { address, bits: Number(found?.[2]) };
}

/** An IPv4 address as a number; leading zeros are refused, because readers disagree on what they mean. */
function addressOf(text: unknown): number | undefined {
  if (typeof text !== "string" || !/^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/.test(text)) return undefined;
  const parts = text.split(".").map(Number);
  return parts.some((part) => part > 255) ? undefined : parts.reduce((sum, part) => sum * 256 + part, 0);
}

/** All forms but `exists`, which asks for the key and not for its value. */
export const PATTERN_FORMS: Readonly<Record<string, PatternForm>> = {
  prefix,
  suffix: textForm((value, operand) => value.endsWith(operand)),
  contains: textForm((value, operand) => value.includes(operand)),
  "anything-but": anythingBut,
  numeric,
  cidr,
};

export const PATTERN_FORM_NAMES = [...Object.keys(PATTERN_FORMS), "exists"];

function isComparable(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}
