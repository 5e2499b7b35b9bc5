import { describe, expect, it } from "vitest";
import { z } from "zod";
import { boundedText, oneOf, refuse, ruled, stringOf } from "../../../contract/limits/text.ts";
import { ruleOf } from "../../../contract/validation/refusal.ts";
import { saidOf } from "../../support/refusals.ts";
import { sources, withoutComments } from "../../support/sources.ts";

const rulesOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map((issue) => `${issue.path.join(".")} ${ruleOf(issue)}`);

describe("the rule of a refusal", () => {
  it("travels in the issue, whether the value is missing, of another type, or against a limit", () => {
    const schema = z.object({ account: boundedText(1, 3, "DTS-4"), order: oneOf(["a", "b"], "RMQ-3") });
    const both = ["account DTS-4", "order RMQ-3"];
    expect(rulesOf(schema, {})).toEqual(both);
    expect(rulesOf(schema, { account: 1, order: 2 })).toEqual(both);
    expect(rulesOf(schema, { account: "abcd", order: "c" })).toEqual(both);
    expect(rulesOf(schema.partial(), {})).toBeUndefined();
  });

  it("of an object is not that of its members, and the first one stays", () => {
    const inner = z.strictObject({ open: z.string(), own: stringOf("a string", "MQ-11") });
    const schema = z.object({ part: ruled(inner, "MQ-8") });
    expect(rulesOf(schema, {})).toEqual(["part MQ-8"]);
    expect(rulesOf(schema, { part: {} })).toEqual(["part.open undefined", "part.own MQ-11"]);
    const twice = stringOf("a string", "MQ-1").superRefine((_, ctx) => refuse(ctx, "is odd", "MQ-2"));
    expect([rulesOf(twice, 1), rulesOf(twice, "x")]).toEqual([[" MQ-1"], [" MQ-2"]]);
  });

  it("ends the text where it is shown, and nowhere before", () => {
    expect(saidOf(boundedText(1, 3, "DTS-4"), "abcd")).toEqual([
      "must be 1 to 3 characters long, got 4 [DTS-4]",
    ]);
    const files = sources("contract", "provider", "service").map(({ path, text }) => {
      const code = withoutComments(text);
      return { path, isBroken: /\[[A-Z]+-\d+\]|\[A-Z\]\+-/.test(code) };
    });
    expect(files.filter(({ isBroken }) => isBroken).map(({ path }) => path)).toEqual([]);
  });
});

it("zod's own texts are replaced by one way of saying them", () => {
  expect(saidOf(z.string(), undefined)).toEqual(["is required"]);
  expect(saidOf(z.object({}), "x")).toEqual(["must be an object, got a string"]);
  expect(saidOf(z.array(z.number()).max(1), [1, 2])).toEqual([
    "must be at most 1 items long, got a list of 2",
  ]);
  expect(saidOf(z.strictObject({}), { prot: 1 })).toEqual(['must not hold "prot"']);
  expect(saidOf(z.string().regex(/^[a-z]+$/), "B")).toEqual(['must match /^[a-z]+$/, got "B"']);
  expect(saidOf(z.string(), 5)).toEqual(["must be a string, got a number"]);
  expect(saidOf(z.literal("a"), "b")).toEqual(['must be a, got "b"']);
});
