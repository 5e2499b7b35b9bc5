import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { block, code, prose } from "../../../provider/review/markdown/escape.ts";
import { COMMENT_CHARS_MAX, message } from "../../../provider/review/markdown/fit.ts";
import { reviewMarkdown } from "../../../provider/review/markdown/review.ts";
import { reviewOf } from "../../../provider/review/review.ts";
import { previewWith, step, urnOf } from "./support.ts";

const HOSTILE = [
  "a|b",
  "`",
  "``` x ```",
  "a` b",
  "</details><script>alert(1)</script>",
  "<!-- change-tracking-review -->",
  "a\n\n# b\r\n- c",
  "@everyone",
  "[x](http://evil.example)",
  "![x](http://evil.example/x.png)",
  "http://evil.example www.evil.example a@b.example",
  "#1 GH-1",
  "**b** _i_ ~~s~~ $x$",
  "\u202eabc\u200b\u0000",
  "- [ ] x",
  "1. x",
  "&lt;b&gt;",
  "\\`x\\|",
  " ",
  "",
  "\ud800",
  "##[add-mask]x ##vso[task.setvariable variable=PATH]x",
  "    code",
  "  ::error::x",
  "\u3164\u115f\ufe0f",
];

/** What is left when every code span is taken out; undefined when one is not closed. */
function outsideSpans(line: string): string | undefined {
  let [rest, outside] = [line, ""];
  for (let match = /`+/.exec(rest); match !== null; match = /`+/.exec(rest)) {
    outside += rest.slice(0, match.index);
    const after = rest.slice(match.index + match[0].length);
    const end = new RegExp(`(?<!\`)${match[0]}(?!\`)`).exec(after);
    if (end === null) return undefined;
    rest = after.slice(end.index + match[0].length);
  }
  return outside + rest;
}

describe("foreign texts in Markdown", () => {
  it("a message of several lines keeps them, in a fence that no line of it closes", () => {
    const text = '2 mistakes.\n\nteams/a.yaml:6:14: error: "x"\n  6 |   account: a-b\n    |            ^^^\n';
    expect(message(text)).toEqual({
      brief: "- 2 mistakes.",
      full: `- 2 mistakes.

  \`\`\`text
  teams/a.yaml:6:14: error: "x"
    6 |   account: a-b
      |            ^^^
  \`\`\``,
    });
    expect(message("one *line*", "`a`: ")).toEqual({
      brief: "- `a`: one \\*line\\*",
      full: "- `a`: one \\*line\\*",
    });
    const anyText = fc.oneof(
      fc.constantFrom(...HOSTILE, "x\n````\n~~~\n</details>"),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(fc.array(anyText), (texts) => {
        const lines = block(texts.join("\n")).split("\n");
        const fence = /^ {2}(`{3,})text$/.exec(lines[0] ?? "")?.[1] ?? "";
        const closing = lines.findIndex((line, at) => at > 0 && line.trim().startsWith(fence));
        expect([fence.length >= 3, closing]).toEqual([true, lines.length - 1]);
        expect(lines.every((line) => line === "" || line.startsWith("  "))).toBe(true);
        // A log that shows it takes none for a command.
        expect(lines.filter((line) => /^\s*::/.test(line))).toEqual([]);
      }),
    );
    expect(block("x".repeat(20_000)).length).toBeLessThan(12_100);
  });

  it("a code span holds any text, on one line, and is closed", () => {
    const anyText = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: "grapheme" }),
      fc.stringMatching(/^[`\\ |\n]{0,12}$/),
    );
    fc.assert(
      fc.property(anyText, (text) => {
        const span = code(text);
        expect(span).not.toMatch(/[\p{Cc}\u202e\p{Default_Ignorable_Code_Point}]|##(vso)?\[/u);
        expect(outsideSpans(`a${span}b`)).toBe("ab");
      }),
    );
  });

  it("a sentence begins nothing: no link, mention, HTML, emphasis, list or table", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" })), (text) => {
        const shown = prose(text);
        expect(shown).not.toMatch(
          /[\p{Cc}\u202e]|(?<!\\)(\\\\)*[`<>[\]*_|~$&]|(?<!\\):\/\/|www\.|@(?!\u200b)/u,
        );
        expect(shown).not.toMatch(/^\s*(#(?!\u200b)|[-+=]|\d+[.)])/);
      }),
    );
  });

  it("a long value is cut before it is made safe, never inside a character", () => {
    expect(code(`${"`".repeat(65_536)}`)).toContain("… (65536 characters)");
    expect(code(`${"a".repeat(159)}😀${"b".repeat(10)}`)).toBe(`\`${"a".repeat(159)}… (171 characters)\``);
  });
});

describe("a large review", () => {
  const large = (count: number, value: string) =>
    previewWith(
      ["create", "update", "delete"].flatMap((op) =>
        Array.from({ length: count / 3 }, (_, index) =>
          step(op, `${op}-${index} ${value.slice(0, 40)}`, {
            oldState:
              op === "create"
                ? null
                : { id: `dts${index}`, inputs: { platform: "changeTracking", account: "a" } },
            newState:
              op === "delete"
                ? null
                : { inputs: { platform: "changeTracking", account: value, remark: value } },
          }),
        ),
      ),
      {
        diagnostics: Array.from({ length: count / 3 }, (_, index) => ({
          urn: urnOf("ConsumerGroup", `create-${index}`),
          severity: "error",
          message: `error: ${value}${index}`,
        })),
      },
    );

  it.each([
    [300, "plain"],
    [300, "`|<b>@x\n".repeat(8_192)],
    [3_000, "]".repeat(4_096)],
  ])("%i changes stay below the size of a comment, and what is left out is counted", async (count, value) => {
    const text = reviewMarkdown(await reviewOf(large(count, value)));
    expect(text.length).toBeLessThan(COMMENT_CHARS_MAX);
    expect(text.startsWith("<!-- change-tracking-review -->\n**")).toBe(true);
    expect(text.match(/<details/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
    const lists = text.split(/<details|####/).filter((part) => /^ ?(open)?>?<summary>/.test(part));
    for (const list of lists) {
      const total = Number(/<summary>(\d+)/.exec(list)?.[1]);
      const left = Number(/… and (\d+) more, for which/.exec(list)?.[1] ?? 0);
      expect(list.match(/^- `/gm)?.length ?? 0).toBe(total - left);
    }
    expect(text.split("\n").every((line) => outsideSpans(line.replaceAll(/\\`/g, "")) !== undefined)).toBe(
      true,
    );
  });

  it("300 plain changes are all there, folded", async () => {
    const text = reviewMarkdown(await reviewOf(large(300, "plain")));
    expect(text.match(/^- `(create|update|delete)-/gm)?.length).toBe(400);
    expect(text).toContain("<details><summary>100 created</summary>");
  });
});
