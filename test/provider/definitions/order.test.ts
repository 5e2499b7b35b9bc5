import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { ordered } from "../../../provider/definitions/order.ts";
import { parseText } from "../../../provider/definitions/parse.ts";

/** In order, or as it is where it is left alone. */
function textOf(text: string): string {
  const outcome = ordered(parseText("a.yaml", text));
  return "text" in outcome ? outcome.text : text;
}

it("means the same afterwards, and is in order after one run, whatever the file", () => {
  const key = fc.constantFrom("owner", "groups", "instances", "alerts", "tasks", "x", "a b", "10", "9");
  const scalar = fc.oneof(
    fc.constantFrom("x", '"a: #b"', "'c'", "1", "[a, b]", "{ z: 1, account: 2 }", "{}"),
    fc.constant("|\n          text\n          # no comment\n"),
  );
  const entry = fc.record({ comment: fc.constantFrom("", "# c\n", "\n# c\n\n", "\n"), key, value: scalar });
  const group = fc.uniqueArray(entry, { selector: ({ key: name }) => name, maxLength: 5 });
  const file = fc.uniqueArray(fc.record({ key, comment: fc.constantFrom("", "# top\n", "\n"), group }), {
    selector: ({ key: name }) => name,
    maxLength: 5,
  });
  const lines = (indent: string, { comment, key: name }: { comment: string; key: string }) =>
    `${comment.replace(/#/g, `${indent}#`)}${indent}"${name}":`;
  fc.assert(
    fc.property(file, (tops) => {
      const text = tops
        .map(
          (top) =>
            `${lines("", top)}${top.group.length === 0 ? " {}" : ""}\n${top.group.map((one) => `${lines("  ", one)} ${one.value}\n`).join("")}`,
        )
        .join("");
      const once = textOf(text);
      expect(parse(once)).toEqual(parse(text));
      expect((once.match(/#/g) ?? []).length).toBe((text.match(/#/g) ?? []).length);
      expect(textOf(once)).toBe(once);
    }),
    { numRuns: 500 },
  );
});
