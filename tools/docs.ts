/**
 * npm run docs: writes the generated tables of the README anew. With --check it only says whether they are
 * old, and exits with 1 when they are.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedTables } from "./docs/tables.ts";
import { root } from "./paths.ts";

const readme = join(root, "README.md");

/** The text with every block between `generated:NAME` and `/generated` filled by the table of that name. */
export function fillTables(text: string, tables: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const filled = text.replace(
    /<!-- generated:([a-zA-Z-]+) -->[\s\S]*?<!-- \/generated -->/g,
    (_whole, name: string) => {
      const table = tables[name];
      if (table === undefined)
        throw new Error(`README.md asks for the table "${name}", which nothing generates`);
      used.add(name);
      return `<!-- generated:${name} -->\n${table}\n<!-- /generated -->`;
    },
  );
  const missing = Object.keys(tables).filter((name) => !used.has(name));
  if (missing.length > 0) throw new Error(`README.md has no place for the table ${missing.join(", ")}`);
  return filled;
}

if (import.meta.main) {
  const before = readFileSync(readme, "utf8");
  const after = fillTables(before, generatedTables());
  if (process.argv.includes("--check")) {
    if (before !== after) {
      console.error("The tables in README.md are old: run npm run docs.");
      process.exitCode = 1;
    }
  } else if (before !== after) {
    writeFileSync(readme, after);
    console.log("README.md: tables written anew.");
  } else {
    console.log("README.md: tables are as they should be.");
  }
}
