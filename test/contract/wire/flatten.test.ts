import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FLATTEN_DEPTH_MAX, flatten, LIST_ITEMS_MAX, unflatten } from "../../../contract/wire/flatten.ts";
import { parsePairs } from "../../../contract/wire/query.ts";

const read = (query: string) => unflatten(parsePairs(query));
const code = (query: string) => {
  try {
    read(query);
    return "no error";
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe("unflatten", () => {
  it("reads lists in any order and with gaps", () => {
    expect(read("TagKey.10=c&TagKey.2=b&TagKey.1=a")).toEqual({ TagKey: ["a", "b", "c"] });
    expect(read("ResourceId.0=x")).toEqual({ ResourceId: ["x"] });
  });

  it("reads lists of objects and nested objects", () => {
    expect(read("Tag.2.Key=k2&Tag.1.Key=k&Tag.1.Value=v&Escalations.Critical.Times=3")).toEqual({
      Tag: [{ Key: "k", Value: "v" }, { Key: "k2" }],
      Escalations: { Critical: { Times: "3" } },
    });
  });

  it("makes the first letter of a name a capital, and only that", () => {
    expect(read("consumerGroupNewPassword=x&tag.1.key=k")).toEqual({
      ConsumerGroupNewPassword: "x",
      Tag: [{ key: "k" }],
    });
  });

  it("keeps names that are no paths as they are, and the last of equal names", () => {
    expect(read("A..B=1&C.=2&D=1&D=2")).toEqual({ "A..B": "1", "C.": "2", D: "2" });
  });

  it("mixes numbers and names as an object", () => {
    expect(read("A.1=x&A.b=y")).toEqual({ A: { 1: "x", b: "y" } });
  });

  it.each(["A=1&A.B=2", "A.B=2&A=1", "A.1=x&A.1.B=y"])("refuses %s, value and structure at once", (query) => {
    expect(code(query)).toMatch(/^InvalidA/);
  });

  it("refuses nesting and lists beyond the bounds, and takes them up to there", () => {
    const deep = Array.from({ length: FLATTEN_DEPTH_MAX }, () => "A").join(".");
    expect(code(`${deep}=1`)).toBe("no error");
    expect(code(`${deep}.A=1`)).toMatch(/^InvalidA/);
    const long = (count: number) => Array.from({ length: count }, (_, i) => `A.${i + 1}=x`).join("&");
    expect(code(long(LIST_ITEMS_MAX))).toBe("no error");
    expect(code(long(LIST_ITEMS_MAX + 1))).toMatch(/^InvalidA/);
    expect(read("A.999999999=x")).toEqual({ A: ["x"] });
  });

  it.each(["__proto__.x=1", "A.__proto__.x=1", "A.__proto__=1", "__proto__=1", "A.1.__proto__.x=1"])(
    "refuses %s and touches no prototype",
    (query) => {
      expect(code(query)).toMatch(/^Invalid/);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );

  it("leaves the prototype alone with constructor.prototype", () => {
    expect(read("constructor.prototype.x=1")).toEqual({ Constructor: { prototype: { x: "1" } } });
    expect(read("a.constructor.prototype.x=1")).toEqual({ A: { constructor: { prototype: { x: "1" } } } });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe("flatten", () => {
  it("leaves out what is not set and writes numbers and booleans as texts", () => {
    expect(flatten({ A: 1, B: true, C: undefined, D: null, E: [], F: {}, G: "" })).toEqual([
      ["A", "1"],
      ["B", "true"],
      ["G", ""],
    ]);
  });

  it("refuses the depth that unflatten refuses", () => {
    const nest = (levels: number): unknown => (levels === 0 ? "x" : { a: nest(levels - 1) });
    expect(() => flatten({ A: nest(FLATTEN_DEPTH_MAX - 1) })).not.toThrow();
    expect(() => flatten({ A: nest(FLATTEN_DEPTH_MAX) })).toThrow(RangeError);
  });

  it("is undone by unflatten", () => {
    const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,6}$/).filter((name) => name !== "__proto__");
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small", maxDepth: 5 },
        fc.string(),
        fc.array(tie("value"), { minLength: 1, maxLength: 4 }),
        fc.dictionary(key, tie("value"), { minKeys: 1, maxKeys: 4 }),
      ),
    }));
    const name = fc.stringMatching(/^[A-Z][A-Za-z0-9]{0,6}$/);
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 4 }), (object) => {
        expect(unflatten(flatten(object))).toEqual({ ...object });
      }),
    );
  });
});
