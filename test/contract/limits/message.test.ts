import { describe, expect, it } from "vitest";
import { nearest, sentence } from "../../../contract/limits/message.ts";

describe("nearest", () => {
  it.each([
    ["tgas", "tags"],
    ["endpont", "endpoint"],
    ["TARGET", "target"],
    ["us-eats-1", "us-east-1"],
    ["cn-hangzouu", "cn-hangzhou"],
  ])("%s is meant for %s", (word, meant) => {
    const known = ["tags", "target", "endpoint", "us-west-1", "us-east-1", "cn-hangzhou"];
    expect(nearest(word, known)).toBe(meant);
  });

  it("takes the closest, wherever it stands in the list", () => {
    expect(nearest("endpointt", ["endpoints1", "endpoint"])).toBe("endpoint");
    expect(nearest("endpoint", ["endpoints", "endpoint"])).toBe("endpoint");
  });

  it("guesses nothing from a word that is too short or too different", () => {
    expect([nearest("ab", ["ac"]), nearest("something", ["else", "tags"])]).toEqual([undefined, undefined]);
  });
});

describe("sentence", () => {
  it("begins with a capital, except where it begins with an address", () => {
    expect(sentence("nothing answers")).toBe("Nothing answers");
    expect(sentence("https://127.0.0.1:1 speaks http")).toBe("https://127.0.0.1:1 speaks http");
  });
});
