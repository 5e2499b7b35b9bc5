import { withRule } from "../../../contract/validation/refusal.ts";
import type { Problem, ReadResult } from "../../definitions/index.ts";
import { printable } from "../../printable.ts";
import type { Io } from "../command.ts";
import { fromRepository } from "./repository.ts";

/** Workflow commands, which GitHub Actions shows at the lines of a pull request. */
export function github({ problems }: ReadResult, io: Io): string {
  const inRepository = fromRepository(io);
  return problems.map((problem) => `${annotation(problem, inRepository(problem.file))}\n`).join("");
}

function annotation(problem: Problem, path: string): string {
  const { severity, line, column, endColumn, message, rule, code, definition } = problem;
  const properties = {
    file: path,
    line,
    endLine: line,
    col: column,
    endColumn: endColumn - 1,
    title: printable([rule ?? code, ...(definition === undefined ? [] : [definition])].join(" ")),
  };
  const written = Object.entries(properties).map(
    ([name, value]) => `${name}=${escapedProperty(String(value))}`,
  );
  return `::${severity} ${written.join(",")}::${escaped(printable(withRule(message, rule)))}`;
}

/** As the toolkit of GitHub Actions writes them: a line end would begin a command of its own. */
function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
