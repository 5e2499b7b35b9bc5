import { globSync, realpathSync, type Stats, statSync } from "node:fs";
import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Finding } from "./finding.ts";
import { compareText, type ProblemCode } from "./problem.ts";
import { Source } from "./source.ts";

/** Files of one run; a bound of its own. */
const FILES_MAX = 10_000;
const MAGIC = /[*?[\]{}]/;
const EXTENSION = /\.ya?ml$/;
/** Pulumi's own files, which a folder of definitions may have beside them. */
const PULUMI_FILE = /(^|\/)Pulumi(\.[^/]+)?\.ya?ml$/;

export interface FoundFile {
  readonly path: string;
  /** Path from the folder, with slashes. */
  readonly label: string;
}

/**
 * The files that paths, folders and globs lead to, each once and in the order of their names. A folder stands for all
 * files below it that end in .yaml or .yml; hidden folders, node_modules and Pulumi's own files are passed over, and
 * links to folders are not followed.
 */
export function findFiles(
  patterns: readonly string[],
  folder: string,
): { readonly files: readonly FoundFile[]; readonly findings: readonly Finding[] } {
  const found = new Map<string, FoundFile>();
  const findings: Finding[] = [];
  for (const pattern of patterns) {
    const matched = matches(pattern, folder);
    if (matched.length === 0) findings.push(finding(pattern, "NoFiles", nothingAt(pattern, folder)));
    const roots = [folder, resolve(folder, staticPart(pattern))].flatMap((root) => realPath(root) ?? []);
    for (const path of matched) {
      const label = pathFrom(folder, path);
      if (isInside(path, roots)) found.set(path, { path, label });
      else findings.push(finding(label, "OutsideFolder", OUTSIDE));
    }
  }
  const files = [...found.values()].sort((a, b) => compareText(a.label, b.label));
  if (files.length > FILES_MAX) {
    const message = `${files.length} files are more than the ${FILES_MAX} that one run reads: name fewer of them`;
    return { files: [], findings: [finding(patterns.join(" "), "TooLarge", message)] };
  }
  return { files, findings };
}

/** About a file as a whole, or about a pattern. */
function finding(label: string, code: ProblemCode, message: string): Finding {
  return { source: new Source(label, ""), range: [0, 1], code, message };
}

const OUTSIDE = "is a link that leads out of the folder; put the file itself into the folder, or name it";

function nothingAt(pattern: string, folder: string): string {
  const found = MAGIC.test(pattern)
    ? "matches no file"
    : "is no file, and no folder with files that end in .yaml or .yml";
  return isAbsolute(pattern) ? found : `${found}; it was looked for in ${folder}`;
}

function matches(pattern: string, folder: string): string[] {
  const path = resolve(folder, pattern);
  const stats = statOf(path);
  if (stats?.isDirectory()) return filesBelow(path);
  if (stats !== undefined || !MAGIC.test(pattern)) return stats === undefined ? [] : [path];
  return glob(pattern, folder).flatMap((one) => (statOf(one)?.isDirectory() ? filesBelow(one) : [one]));
}

function filesBelow(folder: string): string[] {
  // A folder may itself be called teams.yaml.
  return glob("**/*.{yaml,yml}", folder).filter((path) => !statOf(path)?.isDirectory());
}

function glob(pattern: string, folder: string): string[] {
  const exclude = (name: string) => name === "node_modules" || name.endsWith(`${sep}node_modules`);
  return globSync(pattern, { cwd: folder, exclude })
    .map((path) => resolve(folder, path))
    .filter((path) => !PULUMI_FILE.test(path.split(sep).join("/")))
    .filter((path) => EXTENSION.test(path) || statOf(path)?.isDirectory() !== true);
}

/** The part of a pattern before its first sign of a glob. */
function staticPart(pattern: string): string {
  const parts = pattern.split("/");
  const at = parts.findIndex((part) => MAGIC.test(part));
  return at < 0 ? pattern : parts.slice(0, at).join("/") || (pattern.startsWith("/") ? "/" : ".");
}

/** `roots` are real paths. Also what cannot be read counts as inside: reading it says why. */
function isInside(path: string, roots: readonly string[]): boolean {
  const real = realPath(path);
  if (real === undefined) return true;
  return roots.some((root) => real === root || real.startsWith(root.endsWith(sep) ? root : root + sep));
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Where something is, seen from a folder, with slashes. */
export function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join("/");
}
