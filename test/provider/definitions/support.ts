import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Problem,
  type ReadOptions,
  type ReadResult,
  readDefinitions,
} from "../../../provider/definitions/index.ts";
import { writeFiles } from "../../support/e2e/workspace.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Runs `work` in a folder with these files, and removes it when the work is done, that of a promise too. */
export function withFiles<T>(files: Files, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "definitions-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let isPending = false;
  try {
    writeFiles(folder, files);
    const done = work(folder);
    isPending = done instanceof Promise;
    return isPending ? ((done as Promise<unknown>).finally(remove) as T) : done;
  } finally {
    if (!isPending) remove();
  }
}

/** What is read from files in a folder `teams`; one text is the file `teams/a.yaml`. */
export function readAll(
  given: Files | string,
  options: Partial<ReadOptions> = {},
  patterns: readonly string[] = ["teams"],
): ReadResult {
  const files = typeof given === "string" ? { "teams/a.yaml": given } : given;
  return withFiles(files, (folder) => readDefinitions(patterns, { folder, ...options }));
}

/** Problems as short lines: `teams/a.yaml:3:5 Code [rule] definition`. */
export function brief(problems: readonly Problem[]): string[] {
  return problems.map(({ file, line, column, code, rule, definition }) =>
    [
      `${file}:${line}:${column}`,
      code,
      ...(rule === undefined ? [] : [`[${rule}]`]),
      ...(definition ?? "").split(" "),
    ]
      .filter((part) => part !== "")
      .join(" "),
  );
}

export const ORDERS = `instances:
  orders:
    source: { engine: PostgreSQL, accessMethod: RDS, instanceId: pgm-1, password: { config: source } }
    objects: { shop: { tables: [public.orders] } }
`;

/** A group of change tracking, indented to stand below \`groups:\`. */
export function group(name: string, more = ""): string {
  const account = name.replace(/\W/g, "_").slice(0, 16);
  return `  ${name}: { platform: changeTracking, instance: orders, account: ${account}, password: { config: group }${more} }\n`;
}
