import { LINE_COMMAND, LOG_COMMAND } from "../../printable.ts";

/*
 * The one place where foreign texts (names, values, messages) are made safe for Markdown as code hosts render it. All
 * but a block stay on one line: a cut before the escaping never leaves half a construct.
 */

/** Longest piece of a value that is shown, in characters. */
const CODE_CHARS_MAX = 160;
/** Longest message, in characters; the provider's own are shorter. */
const PROSE_CHARS_MAX = 2_000;

/** A foreign text as a code span: nothing in it is a link, a mention, HTML or a table. */
export function code(text: string, charsMax = CODE_CHARS_MAX): string {
  const line = visible(cut(text, charsMax));
  // Blanks at the ends would be taken off, and no span can be empty.
  const safe = line === "" || line !== line.trim() ? JSON.stringify(line) : line;
  const fence = "`".repeat(longestRun(safe) + 1);
  const pad = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/** A foreign sentence: every mark that Markdown, HTML or a code host gives a meaning to is shown as itself. */
export function prose(text: string, charsMax = PROSE_CHARS_MAX): string {
  return (
    // Blanks at its beginning would make it a block of code.
    visible(cut(text.trimStart(), charsMax))
      .replaceAll(/[\\`*_[\]<>|~$&]/g, "\\$&")
      // What would begin a list, a heading or a rule at the beginning of a line.
      .replace(/^(\s*\d*)([-+=.)])/, "$1\\$2")
      .replaceAll(/:(?=\/\/)|(?<=www)\./gi, "\\$&")
      // Mentions and references, of GitLab too, are looked for in what is rendered, where no backslash is left.
      .replaceAll(/@|#|[!%&$~](?=["\w])|GH-(?=\d)/gi, `$&${NOTHING}`)
  );
}

/** Longest message of several lines, in characters. */
const BLOCK_CHARS_MAX = 12_000;

/** A foreign text of several lines as it is, in a fence that nothing in it can close, inside an item of a list. */
export function block(text: string, charsMax = BLOCK_CHARS_MAX): string {
  const lines = cut(text, charsMax)
    .split(/\r\n|[\n\r]/)
    // A log that shows the Markdown has them at the beginning of its lines.
    .map((line) => visible(line).replace(LINE_COMMAND, "·"));
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}text`, ...lines, fence].map((line) => (line === "" ? "" : `  ${line}`)).join("\n");
}

/** Of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

/** Has no width, and parts a mention's sign from its name. */
const NOTHING = "\u200b";

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Line ends, control characters, what turns the direction of writing, has no width or is not seen, and what the log of a
 * run would take for a command are spelled out.
 */
function visible(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(
      /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
      (mark) => NAMED[mark] ?? spelled(mark),
    )
    .replaceAll(LOG_COMMAND, spelled);
}

function spelled(mark: string): string {
  return `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`;
}

/** The beginning, and how long the whole is. Never between the two halves of a character. */
function cut(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const start = text.slice(0, charsMax).replace(/[\ud800-\udbff]$/, "");
  return `${start}… (${text.length} characters)`;
}
