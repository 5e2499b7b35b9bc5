import { describe, expect, it } from "vitest";
import { inputChanges, inputsShown } from "../../../provider/review/input-changes.ts";
import { shownValue } from "../../../provider/review/values.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";

const MARKED = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: '"Pw-1234567"',
};
const secret = { is: "secret" };

describe("inputs before and after", () => {
  it("tells members, items and what came or went", () => {
    const before = {
      name: "a",
      tags: { team: "x", old: "1" },
      list: [{ key: "p" }, { key: "q" }],
      ids: ["1"],
    };
    const after = {
      name: "b",
      tags: { team: "x", "a.b": "2" },
      list: [{ key: "p" }, { key: "r" }],
      ids: ["1", "2"],
    };
    expect(inputChanges(before, after)).toEqual([
      { path: "ids", before: { text: '["1"]' }, after: { text: '["1","2"]' } },
      { path: "list[1].key", before: { text: "q" }, after: { text: "r" } },
      { path: "name", before: { text: "a" }, after: { text: "b" } },
      { path: "tags.a.b", before: { is: "absent" }, after: { text: "2" } },
      { path: "tags.old", before: { text: "1" }, after: { is: "absent" } },
    ]);
  });

  it("tells of a secret only that it changed, and only when the engine says so", () => {
    const inputs = { source: { password: "[secret]", user: "u" } };
    expect(inputChanges(inputs, inputs)).toEqual([]);
    for (const told of ["source.password", "source"]) {
      expect(inputChanges(inputs, inputs, [told])).toEqual([
        { path: "source.password", before: secret, after: secret },
      ]);
    }
  });

  it("leaves out what is between the package and the engine", () => {
    expect(inputsShown({ __provider: "text", __identity: {}, name: "a" })).toEqual([
      { path: "name", before: { is: "absent" }, after: { text: "a" } },
    ]);
  });

  it("never shows a secret: masked, marked, by its name, inside a structure or an address", () => {
    expect(shownValue("anything", "[secret]")).toEqual(secret);
    expect(shownValue("anything", MARKED)).toEqual(secret);
    expect(shownValue("source.password", "Pw-1234567")).toEqual(secret);
    const texts = [
      shownValue("targets", [{ webhook: "https://h/robot?access_token=Pw-1234567", name: "x" }]),
      shownValue("objects", { list: [MARKED] }),
      shownValue("remark", "postgres://reader:Pw-1234567@db/shop"),
      shownValue("remark", '{"password":"Pw-1234567"}'),
    ];
    expect(JSON.stringify(texts)).not.toContain("Pw-1234567");
    expect(texts.every((one) => "text" in one)).toBe(true);
  });

  it("shows what is not known yet in words, alone and inside a value", () => {
    expect(shownValue("instance", UNKNOWN)).toEqual({ is: "known after apply" });
    expect(shownValue("groups", [UNKNOWN, "a"])).toEqual({ text: '["[known after apply]","a"]' });
    expect(inputChanges({ instance: "dts1" }, { instance: UNKNOWN })).toEqual([
      { path: "instance", before: { text: "dts1" }, after: { is: "known after apply" } },
    ]);
  });
});
