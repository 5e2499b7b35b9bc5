import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun } from "../ps.ts";
import { writeWhole } from "./stamp.ts";

const TYPE_CHECK_MS_MAX = 180_000;

/**
 * The provider's declarations: one file per source under `provider/dist/types`, and an entry beside each bundle.
 * The compiler keeps the sources' `.ts` endings in import paths, which a consumer's compiler refuses; they become
 * `.js`, which every module resolution understands. Returns every file that they were made of.
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
  writeWhole(join(root, "provider/dist/index.d.ts"), 'export * from "./types/provider/index.js";\n');
  writeWhole(
    join(root, "provider/dist/runtime.d.ts"),
    'export * from "./types/provider/runtime/index.js";\n',
  );
  return ["contract", "provider"].flatMap((room) => sourcesOf(root, room));
}

function sourcesOf(root: string, room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !/(^|\/)(dist|node_modules)\//.test(name))
    .map((name) => `${room}/${name}`)
    .concat("provider/dist/index.d.ts", "provider/dist/runtime.d.ts");
}

/** `from "./x.ts"` and `import("./x.ts")` with `.js`; packages' names are left alone. */
export function withJsEndings(declaration: string): string {
  return declaration.replace(/((?:from|import)\s*\(?\s*)(["'])(\.{1,2}\/[^"']+)\.ts\2/g, "$1$2$3.js$2");
}
