import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../contract/errors/index.ts";
import { mergeParams, parsePairs } from "../../../contract/wire/query.ts";

describe("parsePairs", () => {
  it("takes + and %20 for a space, and keeps order, repeats and empty values", () => {
    expect(parsePairs("a=1+2%203&b=&c&a=%2B&&=x")).toEqual([
      ["a", "1 2 3"],
      ["b", ""],
      ["c", ""],
      ["a", "+"],
      ["", "x"],
    ]);
    expect(parsePairs("")).toEqual([]);
    expect(parsePairs("a=b=c")).toEqual([["a", "b=c"]]);
  });

  it.each(["a=%", "a=%4", "a=%zz", "%=1", "a=%ff"])("refuses %s with a published code", (text) => {
    expect(() => parsePairs(text)).toThrow(ServiceError);
    expect(() => parsePairs(text)).toThrow(expect.objectContaining({ code: "InvalidParameter.Format" }));
  });
});

describe("mergeParams", () => {
  it("lets the form win and counts a name once", () => {
    expect(
      mergeParams(
        [
          ["a", "q"],
          ["b", "q"],
        ],
        [
          ["b", "f"],
          ["c", "f"],
        ],
      ),
    ).toEqual([
      ["a", "q"],
      ["b", "f"],
      ["c", "f"],
    ]);
  });
});
