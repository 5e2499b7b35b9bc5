import { readFileSync } from "node:fs";

interface YamlFile {
  readonly value: unknown;
  readonly text: string;
}

/**
 * Reads a YAML or JSON file that may hold secrets. Throws an Error that names the file and the place of a mistake,
 * never what stands there: the parser quotes the line at fault, and warns with it.
 */
export async function readYamlFile(kind: string, path: string): Promise<YamlFile> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`cannot read the ${kind} ${path}: ${(error as Error).message}`);
  }
  // Loaded on demand: most starts need no YAML.
  const { parse } = await import("yaml");
  try {
    return { value: parse(text, { logLevel: "error" }), text };
  } catch (error) {
    throw new Error(`${kind} ${path}: is not well-formed YAML${placeOf(error)}`);
  }
}

function placeOf(error: unknown): string {
  const { linePos, code } = error as { linePos?: { line: number; col: number }[]; code?: string };
  const at = linePos?.[0];
  const kind = typeof code === "string" ? ` (${code})` : "";
  return at === undefined ? kind : ` at line ${at.line}, column ${at.col}${kind}`;
}
