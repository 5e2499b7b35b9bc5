import { describe, expect, it } from "vitest";
import { counted, namesListed, nearest, sentence } from "../../../contract/limits/message.ts";

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

describe("names in a message", () => {
  it("are sorted as people count", () => {
    expect(namesListed(["team10", "team2", "Team1"])).toBe("Team1, team2, team10");
    expect(namesListed(["b", "a"], "and")).toBe("a and b");
    expect([namesListed(["a"], "or"), namesListed([])]).toEqual(["a", ""]);
  });

  it("are cut after ten, and the rest is counted", () => {
    const names = Array.from({ length: 22 }, (_, i) => `team${22 - i}`);
    const ten = "team1, team2, team3, team4, team5, team6, team7, team8, team9, team10";
    expect(namesListed(names)).toBe(`${ten} and 12 more`);
    expect(namesListed(names, "or")).toBe(`${ten} and 12 more`);
    expect(namesListed(names.slice(12), "and")).toBe(`${ten.replace(", team10", "")} and team10`);
  });
});

describe("counted", () => {
  it("has an s for all but one", () => {
    expect([0, 1, 2].map((count) => counted(count, "file"))).toEqual(["0 files", "1 file", "2 files"]);
  });
});

describe("sentence", () => {
  it("begins with a capital, except where it begins with an address", () => {
    expect(sentence("nothing answers")).toBe("Nothing answers");
    expect(sentence("https://127.0.0.1:1 speaks http")).toBe("https://127.0.0.1:1 speaks http");
  });
});
