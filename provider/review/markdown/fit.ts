import { block, prose } from "./escape.ts";

/** GitHub refuses a longer comment. */
export const COMMENT_CHARS_MAX = 65_536;
/** What is left to a workflow that puts something around it. */
const SPARE_CHARS = 4_096;
const CHARS_MAX = COMMENT_CHARS_MAX - SPARE_CHARS;

/** A list under a title. */
export interface Section {
  /** Markdown of a heading's text, or HTML of a summary's where it is folded. */
  readonly title: string;
  readonly look: "plain" | "open" | "folded";
  readonly entries: readonly Entry[];
}

/** One thing in its two lengths; each is whole lines of a list. */
export interface Entry {
  readonly brief: string;
  readonly full: string;
}

/** An entry that is as short as it can be. */
export function same(text: string): Entry {
  return { brief: `- ${text}`, full: `- ${text}` };
}

/** A foreign message behind `head`, which is Markdown; further lines of it, such as quoted ones, stay lines. */
export function message(text: string, head = ""): Entry {
  const [first = "", ...more] = text.trim().split(/\r?\n/);
  const brief = `- ${head}${prose(first)}`;
  const rest = more.join("\n").replace(/^\s*\n/, "");
  return { brief, full: rest.trim() === "" ? brief : `${brief}\n\n${block(rest)}` };
}

/** Lists of more entries are folded. */
const OPEN_MAX = 10;

export function folded(title: string, entries: readonly Entry[]): Section {
  return { title, look: entries.length > OPEN_MAX ? "folded" : "open", entries };
}

/**
 * The document, shorter than a comment may be. First every entry gets a place in its brief form, in the order of the
 * sections; then as many as there is room for get their full one. What has no place is counted, so nothing is cut in
 * its middle.
 */
export function fitted(head: string, sections: readonly Section[], charsMax = CHARS_MAX): string {
  const shown = sections.filter(({ entries }) => entries.length > 0);
  let room = charsMax - head.length - shown.reduce((sum, one) => sum + frame(one, MORE_MAX).length + 1, 0);
  const chosen = shown.map(({ entries }) =>
    entries.flatMap(({ brief }) => {
      if (brief.length + 1 > room) return [];
      room -= brief.length + 1;
      return [brief];
    }),
  );
  shown.forEach(({ entries }, at) => {
    // An entry that had no place leaves its list shorter, and the rest of the list is brief then.
    if (chosen[at]?.length !== entries.length) return;
    entries.forEach(({ brief, full }, index) => {
      if (full.length - brief.length > room) return;
      room -= full.length - brief.length;
      chosen[at]?.splice(index, 1, full);
    });
  });
  const parts = shown.map((section, at) => {
    const lines = chosen[at] ?? [];
    const left = section.entries.length - lines.length;
    const more = left > 0 ? [moreLine(left)] : [];
    return frame(section, [...lines, ...more].join("\n"));
  });
  return [head, ...parts].join("");
}

function moreLine(left: number): string {
  return `- … and ${left} more, for which this comment has no room`;
}

const MORE_MAX = moreLine(1_000_000);

function frame({ title, look }: Section, body: string): string {
  if (look === "plain") return `\n#### ${title}\n\n${body}\n`;
  const open = look === "open" ? " open" : "";
  return `\n<details${open}><summary>${title}</summary>\n\n${body}\n\n</details>\n`;
}
