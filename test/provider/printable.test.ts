import fc from "fast-check";
import { expect, it } from "vitest";
import { printable, printableJson, printableLines } from "../../provider/printable.ts";

/** What GitHub's runner does with a line before it looks for a command, and where it looks. */
const isCommand = (line: string) => line.trimStart().startsWith("::") || /##(vso)?\[/i.test(line);

const COMMANDS = [
  "::add-mask::x",
  "##[add-mask]x",
  "##vso[task.setvariable variable=PATH]x",
  "###[x]",
  "##VSO[x]",
];
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...COMMANDS, "\n", "\r", " ", "\u001b[2J", "\u202e", "\u2028", "\u009b"),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));

it("a text moves no cursor and no line, and each sign stays one", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = printable(text);
      expect([...shown].length).toBe([...text].length);
      expect(shown).not.toMatch(/[^\P{Cc}\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(isCommand(`x${shown}`)).toBe(false);
    }),
  );
  expect(printable("a\t# b: [c] ## d 😀")).toBe("a\t# b: [c] ## d 😀");
});

it("no line of a text is a command to whoever reads the log", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(printableLines(text).split("\n").filter(isCommand)).toEqual([]);
    }),
  );
  expect(printableLines("a\r\n  ::error::b\nc::d")).toBe("a\n·  ::error::b\nc::d");
});

it("JSON means the same", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const written = printableJson({ [`k${text}`]: [text] });
      expect(JSON.parse(written)).toEqual({ [`k${text}`]: [text] });
      expect(written.split("\n").filter(isCommand)).toEqual([]);
      expect(written).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\u2028\u2029]/u);
    }),
  );
});
