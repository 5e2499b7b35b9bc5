import { z } from "zod";
import {
  alertPeriodSeconds,
  alertTimes,
  comparisonOperator,
  effectivePeriod,
  type Resource,
} from "../limits/cms.ts";
import { shown } from "../limits/message.ts";
import { parseJson } from "../limits/shape.ts";
import { refuse, ruled } from "../limits/text.ts";
import { once } from "../once.ts";
import { integer, list, optional, text, withDefault } from "../params.ts";

/** Parameters that every action takes. They change nothing: rules and contacts belong to the account. */
export const commonParams = once(() => ({ RegionId: optional(text()) }));

export const pageParams = (sizeDefault: number, sizeMax: number) => ({
  PageNumber: withDefault(integer({ min: 1 }), 1),
  PageSize: withDefault(integer({ min: 1, max: sizeMax }), sizeDefault),
});

/** Digits, for a schema that judges a number. */
export function digits<S extends z.ZodType>(schema: S) {
  return text(
    z.preprocess(
      (value: number | string) =>
        typeof value === "string" && /^-?\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : value,
      schema,
    ),
  );
}

export const timesParam = once(() => digits(alertTimes));
export const periodParam = once(() => digits(alertPeriodSeconds));
export const operatorParam = once(() => text(comparisonOperator));

/** ALR-3: kept as the text that was sent. */
export const thresholdParam = once(() =>
  text(
    ruled(z.string({ error: "must be a number" }), "ALR-3").superRefine((value, ctx) => {
      if (value.trim() === "" || !Number.isFinite(Number(value)))
        refuse(ctx, `must be a number, got ${shown(value)}`, "ALR-3");
    }),
  ),
);

/** ALR-6. Hours of one digit are taken too: a widely used tool writes them. */
export const intervalParam = once(() =>
  text(
    z.preprocess(
      (value: string) => (typeof value === "string" ? value.replace(/(^|-)(\d:)/g, "$10$2") : value),
      effectivePeriod,
    ),
  ),
);

/** Names joined by commas, at least one. */
export const contactGroupsParam = once(() =>
  text(
    z
      .string()
      .transform((value) => value.split(",").flatMap((one) => (one.trim() === "" ? [] : [one.trim()])))
      .pipe(ruled(z.array(z.string()).min(1, { error: "must name at least one contact group" }), "ALR-2")),
  ),
);

export const labelsParam = once(() => list(z.object({ Key: text(), Value: text() }), { max: 100 }));

/** Maps of dimensions, with the JSON text that they came as. */
export interface ResourcesText {
  readonly text: string;
  readonly list: readonly Resource[];
}

/** JSON text of a list of maps of dimensions; `single`: or of one map (metric queries). */
export function resourcesParam(max: number, single = false) {
  return z.string().transform((value, ctx): ResourcesText => {
    const parsed = parseJson(value);
    const given = "value" in parsed ? parsed.value : undefined;
    const judged = z
      .array(z.record(z.string(), z.string().min(1)))
      .min(1)
      .max(max)
      .safeParse(single && !Array.isArray(given) ? [given] : given);
    if (judged.success) return { text: value, list: judged.data };
    const expected = `the JSON text of a list of 1 to ${max} objects of texts`;
    refuse(ctx, `must be ${expected}, got ${shown(value)}`, single ? undefined : "ALR-1");
    return z.NEVER;
  });
}

/** JSON text of one resource or a list. */
export const queriedResources = once(() => optional(resourcesParam(50, true)));
