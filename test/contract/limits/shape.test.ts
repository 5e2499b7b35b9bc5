import { describe, expect, it } from "vitest";
import { findMisshapen, NESTING_MAX, parseJson, VALUES_MAX } from "../../../contract/limits/shape.ts";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON texts", () => {
  it("name the place of what is wrong in them", () => {
    expect(findMisshapen(JSON.parse('{"a":[1,{"__proto__":2}]}'))).toEqual({
      path: ["a", 1, "__proto__"],
      text: "is a reserved name",
    });
    expect(parseJson(`{"a":${nested(NESTING_MAX - 1)}}`)).toHaveProperty("value");
    expect(parseJson(`{"a":${nested(NESTING_MAX)}}`)).toEqual({
      problem: expect.stringMatching(/^a\[0\]\[0\].* is nested deeper than 64 levels$/),
    });
    expect(parseJson("{")).toEqual({ problem: "must be valid JSON text" });
  });

  it("are judged before they are parsed: how deep, and how many values", () => {
    const wide = (count: number) => `[${"1,".repeat(count - 2)}1]`;
    expect(parseJson(wide(VALUES_MAX))).toHaveProperty("value");
    expect(parseJson(wide(VALUES_MAX + 1))).toEqual({ problem: `has more than ${VALUES_MAX} values` });
    expect(parseJson("[".repeat(VALUES_MAX))).toEqual({ problem: "is nested deeper than 64 levels" });
    // Brackets and commas inside a text are none.
    const text = JSON.stringify({ a: '[{,"\\'.repeat(VALUES_MAX), b: "]" });
    expect(parseJson(text)).toEqual({ value: JSON.parse(text) });
  });
});
