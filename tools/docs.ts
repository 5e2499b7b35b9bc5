/**
 * npm run docs: writes the generated tables of README.md and docs/, the args in provider/args/, the JSON Schema of
 * definitions and what is generated from published wire definitions anew. With --check it only says which are old, and exits
 * with 1 when any are.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { argsFiles, readArgsFiles } from "./docs/args.ts";
import { schemaFiles } from "./docs/definitions.ts";
import { messagingFiles } from "./docs/messaging.ts";
import { generatedTables } from "./docs/tables.ts";
import { root } from "./paths.ts";

/** The text of each document by its path from the root. */
type Documents = Readonly<Record<string, string>>;

export function readDocuments(): Documents {
  const paths = readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`);
  return Object.fromEntries(
    ["README.md", ...paths].map((path) => [path, readFileSync(join(root, path), "utf8")]),
  );
}

/** The documents with every block between `generated:NAME` and `/generated` filled by the table of that name. */
export function fillTables(documents: Documents, tables: Readonly<Record<string, string>>): Documents {
  const used = new Set<string>();
  const fill = (path: string, text: string): string =>
    text.replace(/<!-- generated:([a-zA-Z-]+) -->[\s\S]*?<!-- \/generated -->/g, (_whole, name: string) => {
      const table = tables[name];
      if (table === undefined)
        throw new Error(`${path} asks for the table "${name}", which nothing generates`);
      used.add(name);
      return `<!-- generated:${name} -->\n${table}\n<!-- /generated -->`;
    });
  const filled = Object.fromEntries(
    Object.entries(documents).map(([path, text]) => [path, fill(path, text)]),
  );
  const missing = Object.keys(tables).filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`no document has a place for the table ${missing.join(", ")}`);
  return filled;
}

if (import.meta.main) {
  const documents = readDocuments();
  const files = { ...argsFiles(), ...schemaFiles(), ...messagingFiles() };
  const before: Documents = { ...documents, ...readArgsFiles(Object.keys(files)) };
  const after: Documents = { ...fillTables(documents, generatedTables()), ...files };
  const old = Object.keys(after).filter((path) => after[path] !== before[path]);
  if (old.length === 0) console.log("Everything generated is as it should be.");
  else if (process.argv.includes("--check")) {
    console.error(`Old: ${old.join(", ")}; run npm run docs.`);
    process.exitCode = 1;
  } else {
    for (const path of old) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), after[path] ?? "");
    }
    console.log(`Written anew: ${old.join(", ")}.`);
  }
}
