import { randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { counted } from "../../../contract/limits/message.ts";
import { findFiles } from "../../definitions/files.ts";
import type { Finding } from "../../definitions/finding.ts";
import { problemsText } from "../../definitions/index.ts";
import { ordered } from "../../definitions/order.ts";
import { parseFile } from "../../definitions/parse.ts";
import { problemOf } from "../../definitions/read.ts";
import { printable, printableLines } from "../../printable.ts";
import { type Command, EXIT, FOLDER_DEFAULT, type Io, readFlags } from "../command.ts";

const flags = { check: { type: "boolean" } } as const;

/** Puts keys in order in the files themselves. */
export const fmt: Command = {
  name: "fmt",
  summary: "puts the keys of the files of definitions in order, comments with them",
  usage: `change-tracking fmt [PATH...]: puts the keys of the files of definitions in order

  PATH      files, folders (all of their .yaml and .yml) or globs in quotes (default ${FOLDER_DEFAULT})
  --check   writes nothing; names the files that are not in order and ends with 1

Order: owner, instances, groups, tasks, alerts; definitions by name; inputs as docs/resources.md lists them. Whole lines
move, with the comments above them; where one entry of a mapping stands behind a blank line, all of them do. A file with aliases is left as it is. Ends with 2 when a file could not be read.
`,
  async run(args, io) {
    const { values, positionals } = readFlags("fmt", args, flags);
    const patterns = positionals.length === 0 ? [FOLDER_DEFAULT] : positionals;
    const { files, findings: ofFiles } = findFiles(patterns, io.cwd);
    const findings: Finding[] = [...ofFiles];
    let changed = 0;
    for (const file of files) {
      const parsed = parseFile(file);
      findings.push(...parsed.findings);
      if (parsed.document === undefined) continue;
      const outcome = ordered(parsed);
      const label = printableLines(printable(file.label));
      if ("leftBecause" in outcome) io.err.write(`${label}: left as it is: ${outcome.leftBecause}\n`);
      else if (outcome.text !== parsed.source.text) {
        changed += 1;
        if (!values.check) replaceFile(file.path, outcome.text);
        io.out.write(`${label}${values.check ? " is not in order" : ""}\n`);
      }
    }
    return ended(io, { looked: files.length, changed, isCheck: values.check === true, findings });
  },
};

interface Outcome {
  readonly looked: number;
  readonly changed: number;
  readonly isCheck: boolean;
  readonly findings: readonly Finding[];
}

function ended({ out, err }: Io, { looked, changed, isCheck, findings }: Outcome): number {
  if (findings.length > 0) err.write(`${problemsText(findings.map(problemOf))}\n`);
  const done = isCheck ? `${changed} not in order` : `${changed} changed`;
  if (looked > 0) out.write(`${counted(looked, "file")}: ${changed === 0 ? "all in order" : done}.\n`);
  if (findings.length > 0) return EXIT.usage;
  return isCheck && changed > 0 ? EXIT.problems : EXIT.fine;
}

/** Whole or not at all; a reader of the file sees the old or the new text. */
function replaceFile(found: string, text: string): void {
  const path = realpathSync(found);
  // Nobody can have put a link there, and through none is written.
  const work = `${path}.tmp-${randomUUID()}`;
  try {
    writeFileSync(work, text, { mode: statSync(path).mode, flag: "wx" });
    renameSync(work, path);
  } finally {
    rmSync(work, { force: true });
  }
}
