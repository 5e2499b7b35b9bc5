import { widthOf } from "../../contract/limits/width.ts";
import { withRule } from "../../contract/validation/refusal.ts";
import { printable, printableLines } from "../printable.ts";
import type { Excerpt, Problem } from "./problem.ts";

/** Problems that are written out; the rest is counted. */
const SHOWN_MAX = 100;

/** How parts of the text stand out; each leaves a text as it is where there is no terminal. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly place: (text: string) => string;
  readonly quiet: (text: string) => string;
}

const PLAIN: Paint = {
  error: (text) => text,
  warning: (text) => text,
  place: (text) => text,
  quiet: (text) => text,
};

/**
 * Each problem on lines of its own, with the line of the file and a caret below it:
 *
 *     teams/billing.yaml:7:14: error: account must be ... [DTS-4] (InvalidInput, groups.billing)
 *       7 |     account: billing-reader
 *         |              ^^^^^^^^^^^^^^
 */
export function problemsText(problems: readonly Problem[], paint: Paint = PLAIN): string {
  const shown = problems.slice(0, SHOWN_MAX).map((problem) => problemText(problem, paint));
  const more = problems.length - SHOWN_MAX;
  return [...shown, ...(more > 0 ? [`… and ${more} more.`] : [])].join("\n");
}

function problemText(problem: Problem, paint: Paint): string {
  const { file, line, column, severity, message, rule, code, definition, excerpt } = problem;
  const place = paint.place(`${printableLines(printable(file))}:${line}:${column}`);
  const label = paint[severity](`${severity}:`);
  const about = paint.quiet(
    `(${[code, ...(definition === undefined ? [] : [printable(definition)])].join(", ")})`,
  );
  const head = `${place}: ${label} ${printable(withRule(message, rule))} ${about}`;
  return excerpt === undefined ? head : `${head}\n${excerptText(line, excerpt, paint)}`;
}

function excerptText(line: number, { text: given, start, length }: Excerpt, paint: Paint): string {
  const text = printable(given);
  const number = String(line);
  const spaces = " ".repeat(number.length);
  const meant = text.slice(start, start + length);
  const below = `${blank(text.slice(0, start))}${"^".repeat(Math.max(1, widthOf(meant)))}`;
  return [
    `${paint.quiet(`  ${number} |`)} ${text}`,
    `${paint.quiet(`  ${spaces} |`)} ${paint.error(below)}`,
  ].join("\n");
}

/** As wide as the text; a tab stays one, so that it moves both lines alike. */
function blank(text: string): string {
  return text.replace(/[^\t]+/g, (part) => " ".repeat(widthOf(part)));
}
