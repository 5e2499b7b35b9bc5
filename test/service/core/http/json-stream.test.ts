import { describe, expect, it } from "vitest";
import { snapshotForm } from "../../../../service/core/admin/state-routes.ts";
import { openJsonStream } from "../../../../service/core/http/json-stream.ts";

const anything = { plain: true, list: { plain: true, list: { plain: true } }, map: { plain: true } };

function read(text: string, chunkBytes: number, form = snapshotForm, valuesMax = 1_000): unknown {
  const stream = openJsonStream(form, valuesMax);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) stream.push(bytes.subarray(at, at + chunkBytes));
  return stream.end();
}

const snapshot = {
  format: "f",
  keyFingerprint: 'a "quoted" \\ text, ä 😀',
  rooms: {
    shop: {
      steps: ["001"],
      tables: {
        shop_things: {
          columns: ["name", "count"],
          rows: [["a]}", -1.5e3], [null, { bytes: "AQL6" }], [], [{ integer: "9007199254740993" }, 0]],
        },
      },
    },
    empty: { steps: [], tables: {} },
  },
};

describe("streamed JSON", () => {
  it.each([1, 2, 3, 7, 10_000])("is the same however it is cut (%i bytes)", (chunkBytes) => {
    for (const text of [JSON.stringify(snapshot), JSON.stringify(snapshot, undefined, 2)]) {
      expect(read(text, chunkBytes)).toEqual(snapshot);
    }
    for (const text of ['"a"', "12", " null ", "[1,[2,3]]", '{"a":true}', "[]"]) {
      expect(read(text, chunkBytes, anything)).toEqual(JSON.parse(text));
    }
  });

  it.each([
    ["[{},{}]", "must not be a list here"],
    ['{"other":1}', /^has a member that is not known$/],
    ['{"__proto__":1}', /^has a member that is not known$/],
    ['{"rooms":{"a":{"other":1}}}', /^rooms\.a has a member that is not known$/],
    ['{"rooms":[1]}', "rooms must not be a list here"],
    ['{"format":{}}', "format must not be an object here"],
    [
      '{"rooms":{"a":{"tables":{"b":{"rows":[1]}}}}}',
      "rooms.a.tables.b.rows[0] must not be a plain value here",
    ],
    [
      '{"rooms":{"a":{"tables":{"b":{"rows":[[1],[[]]]}}}}}',
      "rooms.a.tables.b.rows[1][0] must not be a list here",
    ],
    ['{"format":"a"', "format ends too early"],
    ['{"format":"a', "format ends inside a text"],
    ['{"format":nothing}', "format is not well-formed JSON"],
    [`{"format":${"1".repeat(200)}}`, "format is not well-formed JSON"],
    ['{"format" 1}', "format is not well-formed JSON"],
    ['{"format":1,}', "format is not well-formed JSON"],
    ['{"format":1]', "format is not well-formed JSON"],
    ["{format:1}", "is not well-formed JSON"],
    ["{} {}", "is not well-formed JSON"],
    ["", "ends too early"],
  ])("%s is refused: %s", (text, message) => {
    for (const chunkBytes of [1, 10_000]) expect(() => read(text, chunkBytes)).toThrow(message);
  });

  it("holds a bounded number of values", () => {
    const text = `{"rooms":{"a":{"steps":[${"1,".repeat(100)}1]}}}`;
    expect(() => read(text, 64, snapshotForm, 50)).toThrow("rooms.a.steps[46] holds more than 50 values");
  });
});
