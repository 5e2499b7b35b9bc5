/*
 * Foreign texts (names of files, lines of them, what a service or a program says) as terminals and logs may show them.
 */

/** What moves the cursor, ends a line, or turns the direction of writing. */
const CONTROL = /[^\P{Cc}\t]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
/** What GitHub's runner (`##[command]`) and Azure's (`##vso[command]`) take for a command anywhere in a line. */
export const LOG_COMMAND = /(?<=#)#(?=(?:vso)?\[)/gi;
/** The same at a line's beginning, blanks before it or not. */
export const LINE_COMMAND = /^(?=\s*::)/;

/** A text within a line of ours; each sign stays one, so that columns do. */
export function printable(text: string): string {
  return text.replace(CONTROL, "·").replace(LOG_COMMAND, "·");
}

/** A text at the beginning of lines, its line ends kept. */
export function printableLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => printable(line).replace(LINE_COMMAND, "·"))
    .join("\n");
}

/** JSON that means the same, in which nothing is left to turn a line or to be a command. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2)
    .replace(/[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu, escaped)
    .replace(LOG_COMMAND, escaped);
}

function escaped(sign: string): string {
  return sign
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
