import { styleText } from "node:util";
import { counted } from "../../../contract/limits/message.ts";
import { type Paint, problemsText, type ReadResult } from "../../definitions/index.ts";
import type { Io } from "../command.ts";

/** For people: every problem with its line, and a summary. */
export function text({ definitions, files, problems }: ReadResult, { out }: Io): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  const looked = `${counted(definitions.length, "definition")} in ${counted(files.length, "file")}`;
  const found = [
    ...(errors > 0 ? [counted(errors, "error")] : []),
    ...(warnings > 0 ? [counted(warnings, "warning")] : []),
  ];
  const summary = `${looked}: ${found.length === 0 ? "nothing is wrong" : found.join(", ")}.\n`;
  const shown = problemsText(problems, out.hasColors ? COLORED : undefined);
  return shown === "" ? summary : `${shown}\n\n${summary}`;
}

const painted = (style: Parameters<typeof styleText>[0]) => (part: string) =>
  styleText(style, part, { validateStream: false });

const COLORED: Paint = {
  error: painted("red"),
  warning: painted("yellow"),
  place: painted("bold"),
  quiet: painted("dim"),
};
