import { describe, expect, it } from "vitest";
import { documentOf } from "../../../../service/core/store/documents.ts";

interface Shape {
  list: { name: string }[];
}
const text = JSON.stringify({ list: [{ name: "a" }] });

describe("documents of rows", () => {
  it("of a shared row is parsed once and cannot be changed", () => {
    const row = Object.freeze({ document: text });
    const document = documentOf<Shape>(row);
    expect(documentOf(row)).toBe(document);
    expect(document).toEqual({ list: [{ name: "a" }] });
    expect(() => document.list.push({ name: "b" })).toThrow(TypeError);
    expect(() => Object.assign(document.list[0] ?? {}, { name: "b" })).toThrow(TypeError);
  });

  it("of any other row is the caller's own", () => {
    const row = { document: text };
    documentOf<Shape>(row).list.push({ name: "b" });
    expect(documentOf<Shape>(row).list).toHaveLength(1);
  });
});
