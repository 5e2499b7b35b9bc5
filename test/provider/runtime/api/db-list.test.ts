import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromDbList, toDbList } from "../../../../provider/runtime/api/db-list.ts";

describe("DbList", () => {
  it("is written in the published form", () => {
    expect(toDbList({ dtstest: {} })).toBe('{"dtstest":{"name":"dtstest","all":true}}');
    expect(toDbList({ b: { tables: ["t2", "t1"] }, a: { tables: "all" } })).toBe(
      '{"a":{"name":"a","all":true},"b":{"name":"b","all":false,"Table":{"t1":{"name":"t1","all":true},"t2":{"name":"t2","all":true}}}}',
    );
  });

  it("reads back what it writes", () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text !== "__proto__");
    const tables = fc.oneof(fc.constant("all" as const), fc.uniqueArray(name, { minLength: 1 }));
    fc.assert(
      fc.property(fc.dictionary(name, tables), (objects) => {
        const entries = Object.entries(objects);
        const sorted = entries.map(([key, list]) => [
          key,
          { tables: list === "all" ? list : [...list].sort() },
        ]);
        const written = toDbList(Object.fromEntries(entries.map(([key, list]) => [key, { tables: list }])));
        expect(fromDbList(written)).toEqual(Object.fromEntries(sorted));
      }),
    );
  });

  it.each(["", "[]", "null", '{"a":1}', "{"])("refuses %j", (text) => {
    expect(fromDbList(text)).toBeUndefined();
  });
});
