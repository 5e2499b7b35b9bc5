import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { mustRun } from "../ps.ts";
import { writeWhole } from "./stamp.ts";

const TYPE_CHECK_MS_MAX = 180_000;
/** Where the compiler writes, which does so for every file that it has read. */
const DRAFTS = ".cache/types";

/** Entries of the published packages; the provider's runtime is only for the text in states, so it has no types. */
const ENTRIES = { provider: "provider/index", records: "records/index", service: "service/index" } as const;

/**
 * The packages' declarations: an entry beside the bundle, and under `dist/types` one file for each source that the entry
 * leads to. The compiler keeps the sources' `.ts` endings in import paths, which a consumer's compiler refuses; they
 * become `.js`, which every module resolution understands. Returns every file that they were made of.
 */
export async function buildTypes(root: string): Promise<string[]> {
  const drafts = join(root, DRAFTS);
  rmSync(drafts, { recursive: true, force: true });
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const config = join(root, "tools/build/tsconfig.types.json");
  await mustRun(process.execPath, [compiler, "-p", config], { cwd: root, timeoutMs: TYPE_CHECK_MS_MAX });
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const folder = join(root, name, "dist/types");
    rmSync(folder, { recursive: true, force: true });
    for (const [path, text] of declarationsFrom(join(drafts, `${entry}.d.ts`))) {
      writeWhole(join(folder, relative(drafts, path)), text);
    }
    writeWhole(join(root, name, "dist/index.d.ts"), `export * from "./types/${entry}.js";\n`);
  }
  return ["contract", ...Object.keys(ENTRIES)].flatMap((room) => sourcesOf(root, room));
}

function sourcesOf(root: string, room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)(dist|node_modules)\//.test(name))
    .map((name) => `${room}/${name}`)
    .concat(room in ENTRIES ? [`${room}/dist/index.d.ts`] : []);
}

const RELATIVE = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)\.js["']/g;

/** The declarations that an entry leads to, itself among them, by path. */
function declarationsFrom(entry: string): Map<string, string> {
  const reached = new Map([[entry, ""]]);
  for (const path of reached.keys()) {
    const text = withJsEndings(readFileSync(path, "utf8"));
    reached.set(path, text);
    for (const [, target = ""] of text.matchAll(RELATIVE)) {
      const next = join(dirname(path), `${target}.d.ts`);
      if (!reached.has(next)) reached.set(next, "");
    }
  }
  return reached;
}

/** `from "./x.ts"` and `import("./x.ts")` with `.js`; packages' names are left alone. */
export function withJsEndings(declaration: string): string {
  return declaration.replace(/((?:from|import)\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\.ts\2/g, "$1$2$3.js$2");
}
