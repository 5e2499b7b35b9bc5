import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readDefinitions } from "../definitions/index.ts";
import type { MapName } from "../definitions/maps.ts";
import type { KindName } from "../identity.ts";
import { printableJson } from "../printable.ts";
import { readInput } from "../review/input.ts";
import { withFailure } from "../review/messages.ts";
import type { OwnerOf } from "../review/owners.ts";
import { type Preview, readPreview } from "../review/preview.ts";
import { type PulumiPlace, runPreview } from "../review/pulumi.ts";
import { type Io, UsageError } from "./command.ts";

/** Flags of the commands that look at a preview. */
export const PREVIEW_FLAGS = {
  stack: { type: "string", short: "s" },
  cwd: { type: "string", short: "C" },
  definitions: { type: "string", multiple: true },
  "owner-tag": { type: "string" },
  json: { type: "boolean" },
  output: { type: "string", short: "o" },
} as const;

export const PREVIEW_USAGE = `  -s, --stack STACK     the stack (default: the one that the folder has selected)
  -C, --cwd DIR         folder of the program (default: this one)
  --definitions PATH    files or folder of definitions, whose owners are named; may be given more than once
  --owner-tag TAG       tag that names the owner where no definition does (default owner)
  --json                the same as data instead of Markdown
  -o, --output FILE     where to write it (default: standard output)
`;

export interface PreviewValues {
  readonly stack?: string | undefined;
  readonly cwd?: string | undefined;
  readonly definitions?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
  readonly output?: string | undefined;
}

export function placeOf({ stack, cwd }: PreviewValues, io: Io): PulumiPlace {
  return { stack, cwd: resolve(io.cwd, cwd ?? "."), environment: io.env };
}

/** The preview of a file, of standard input or of a run. Throws UsageError for more than one file. */
export async function previewOf(
  paths: readonly string[],
  place: PulumiPlace,
  io: Io,
  more: readonly string[] = [],
): Promise<Preview> {
  const [path, ...others] = paths;
  if (others.length > 0)
    throw new UsageError(`one preview is looked at at a time, got ${paths.length} files`);
  if (path !== undefined) return readPreview(await readInput(path, io.cwd));
  const { text, failure } = await runPreview(place, more);
  return withFailure(readPreview(text), failure);
}

const MAPS: Readonly<Record<KindName, MapName>> = {
  ChangeTrackingInstance: "instances",
  ConsumerGroup: "groups",
  InflowTask: "tasks",
  AlertRule: "alerts",
};

/** Undefined where no definitions are given. What is wrong in them is told by `check`; that there are none is told here. */
export function ownersIn({ definitions = [] }: PreviewValues, io: Io): OwnerOf | undefined {
  if (definitions.length === 0) return undefined;
  const read = readDefinitions(definitions, { folder: io.cwd });
  for (const { code, file, message } of read.problems)
    if (code === "NoFiles") io.err.write(`--definitions ${file} ${message}; no owner is taken from it\n`);
  const owners = new Map(read.definitions.map(({ map, name, owner }) => [`${map} ${name}`, owner]));
  return (kind, name) => owners.get(`${MAPS[kind]} ${name}`);
}

/** How a result is shown to people: whole, and in a line where a file takes the whole. */
export interface ResultForms<R> {
  readonly markdown: (result: R) => string;
  readonly line: (result: R) => string;
}

export function writeResult<R>(
  result: R,
  { markdown, line }: ResultForms<R>,
  { json, output }: PreviewValues,
  io: Io,
): void {
  const text = json ? `${printableJson(result)}\n` : markdown(result);
  if (output === undefined) {
    io.out.write(text);
    return;
  }
  const path = resolve(io.cwd, output);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  io.err.write(`${line(result)}\n`);
}
