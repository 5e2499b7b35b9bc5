import { z } from "zod";
import type { Random } from "../kit/clock.ts";

const DELAY_MS_MAX = 60_000;

const common = {
  /** Room name, or `*`. */
  product: z.string().min(1).max(40).default("*"),
  /** Action name, or `*`. */
  action: z.string().min(1).max(100).default("*"),
  /** How many calls it hits before it is used up; absent means always. */
  times: z.int().min(1).max(1_000_000).optional(),
  /** Chance that a matching call is hit, above 0 to 1. */
  probability: z.number().gt(0).max(1).default(1),
};

/** A rule that makes matching calls fail: with an error, late, or with the answer lost after the work. */
export const faultRule = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      ...common,
      kind: z.literal("error"),
      code: z.string().min(1).max(200).default("ServiceUnavailable"),
      httpStatus: z.int().min(200).max(599).default(503),
      /** Absent: the published words of the code, where it is one of the gateway's. */
      message: z.string().min(1).max(1_000).optional(),
    }),
    z.strictObject({
      ...common,
      kind: z.literal("delay"),
      ms: z.int().min(1).max(DELAY_MS_MAX),
      /** `after`: the work is done at once and its answer comes late. */
      when: z.enum(["before", "after"]).default("before"),
    }),
    z.strictObject({ ...common, kind: z.literal("drop") }),
  ],
  { error: (issue) => (issue.code === "invalid_union" ? "must be error, delay or drop" : undefined) },
);

export type FaultRule = z.output<typeof faultRule>;
export type ActiveFault = FaultRule & { readonly id: string; readonly hits: number };

export interface Faults {
  /** Throws a RangeError when there are too many rules. */
  add(rule: FaultRule): ActiveFault;
  list(): ActiveFault[];
  /** False when there is no such rule. */
  remove(id: string): boolean;
  clear(): void;
  /**
   * The first rule of each kind that hits this call (delays before and after the work are two kinds), in the order
   * they were added; their counts go down.
   */
  take(product: string, action: string): FaultRule[];
}

export function openFaults(random: Random, rulesMax: number): Faults {
  let rules: (FaultRule & { id: string; hits: number })[] = [];
  const none: FaultRule[] = [];
  let made = 0;

  return {
    add(rule) {
      if (rules.length >= rulesMax)
        throw new RangeError(`at most ${rulesMax} fault rules; delete some first`);
      made += 1;
      const active = { ...rule, id: `fault-${made}`, hits: 0 };
      rules.push(active);
      return active;
    },
    list: () => rules.map((rule) => ({ ...rule })),
    remove(id) {
      const before = rules.length;
      rules = rules.filter((rule) => rule.id !== id);
      return rules.length < before;
    },
    clear() {
      rules = [];
    },
    take(product, action) {
      if (rules.length === 0) return none;
      const hit = new Map<string, FaultRule>();
      for (const rule of rules) {
        if (hit.has(sortOf(rule)) || !matches(rule.product, product) || !matches(rule.action, action))
          continue;
        if (rule.probability < 1 && random.fraction() >= rule.probability) continue;
        rule.hits += 1;
        hit.set(sortOf(rule), rule);
      }
      rules = rules.filter((rule) => rule.times === undefined || rule.hits < rule.times);
      return [...hit.values()];
    },
  };
}

function sortOf(rule: FaultRule): string {
  return rule.kind === "delay" ? `delay ${rule.when}` : rule.kind;
}

function matches(wanted: string, given: string): boolean {
  return wanted === "*" || wanted === given;
}
