import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { mustRun } from "../ps.ts";
import { writeWhole } from "./stamp.ts";

const TYPE_CHECK_MS_MAX = 180_000;

/**
 * The provider's declarations: an entry beside the bundle, and under `provider/dist/types` one file for each source
 * that the entry leads to. What the serialized shim calls (`./runtime`) is nobody else's business and has none. The
 * compiler keeps the sources' `.ts` endings in import paths, which a consumer's compiler refuses; they become `.js`,
 * which every module resolution understands. Returns every file that they were made of.
 */
export async function buildTypes(root: string): Promise<string[]> {
  const folder = join(root, "provider/dist/types");
  rmSync(folder, { recursive: true, force: true });
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const config = join(root, "tools/build/tsconfig.types.json");
  await mustRun(process.execPath, [compiler, "-p", config], { cwd: root, timeoutMs: TYPE_CHECK_MS_MAX });
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(folder, name);
    writeWhole(path, withJsEndings(readFileSync(path, "utf8")));
  }
  prune(folder, join(folder, "provider/index.d.ts"));
  writeWhole(join(root, "provider/dist/index.d.ts"), 'export * from "./types/provider/index.js";\n');
  rmSync(join(root, "provider/dist/runtime.d.ts"), { force: true });
  return ["contract", "provider"].flatMap((room) => sourcesOf(root, room));
}

function sourcesOf(root: string, room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)(dist|node_modules)\//.test(name))
    .map((name) => `${room}/${name}`)
    .concat("provider/dist/index.d.ts");
}

const RELATIVE = /(?:from|import)\s*\(?\s*["'](\.{1,2}\/[^"']+)\.js["']/g;

/** Removes the declarations that the entry does not lead to. */
function prune(folder: string, entry: string): void {
  const reached = new Set([entry]);
  for (const path of reached) {
    for (const [, target = ""] of readFileSync(path, "utf8").matchAll(RELATIVE)) {
      reached.add(join(dirname(path), `${target}.d.ts`));
    }
  }
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    if (name.endsWith(".d.ts") && !reached.has(path)) rmSync(path);
  }
}

/** `from "./x.ts"` and `import("./x.ts")` with `.js`; packages' names are left alone. */
export function withJsEndings(declaration: string): string {
  return declaration.replace(/((?:from|import)\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\.ts\2/g, "$1$2$3.js$2");
}
