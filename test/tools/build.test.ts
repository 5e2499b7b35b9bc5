import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { targets } from "../../tools/build/targets.ts";
import { withJsEndings } from "../../tools/build/types.ts";
import { build } from "../../tools/build.ts";

const THREADS: readonly string[] = ["log-thread", "capture-thread", "inflow-thread", "message-thread"];
const ALL = ["provider", "runtime", "definitions", "cli", "records", "service", ...THREADS];

let root: string;
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "build-test-"));
  put("contract/limits.ts", "export const groupsMax: number = 20;\n");
  put(
    "provider/index.ts",
    `import { groupsMax } from "../contract/limits.ts";
import * as pulumi from "@pulumi/pulumi";
export const shim = { check: async (inputs: unknown) => { return require("pulumi-change-tracking/runtime").check(inputs); } };
export { groupsMax };
export const lazy = () => pulumi;
`,
  );
  put("provider/runtime/index.ts", "export const check = (inputs: unknown) => inputs;\n");
  put("provider/definitions/index.ts", "export {};\n");
  put("provider/cli/main.ts", 'export const main = () => console.log("checked");\n');
  put("records/index.ts", "export const decode = (bytes: Uint8Array) => bytes;\n");
  for (const { name, entry } of targets) if (THREADS.includes(name)) put(entry, "export {};\n");
  put("service/package.json", '{ "type": "module" }');
  put(
    "service/index.ts",
    'import { groupsMax } from "../contract/limits.ts";\nexport const main = () => console.log(groupsMax);\n',
  );
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("builds what has changed and nothing else", async () => {
  expect((await build({ root })).built).toEqual(ALL);
  expect(await build({ root })).toEqual({ built: [], fresh: ALL });

  put("contract/limits.ts", "export const groupsMax: number = 200;\n");
  expect(await build({ root })).toEqual({
    built: ["provider", "service"],
    fresh: ["runtime", "definitions", "cli", "records", ...THREADS],
  });

  rmSync(join(root, "provider/dist/runtime.js"));
  expect((await build({ root })).built).toEqual(["runtime"]);
});

test("the service runs as a program, the provider loads with require and keeps its text", async () => {
  await build({ root });
  const command = join(root, "service/dist/main.js");
  expect(execFileSync(command, { encoding: "utf8" })).toBe("200\n");
  put("old.cjs", 'Object.defineProperty(process.versions, "node", { value: "20.20.2" });');
  const ofProvider = join(root, "provider/dist/main.js");
  expect(execFileSync(ofProvider, { encoding: "utf8" })).toBe("checked\n");
  const runOld = (path: string) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--require", join(root, "old.cjs"), path],
      {
        encoding: "utf8",
      },
    );
    return [status, stdout, stderr];
  };
  expect(runOld(command)).toEqual([
    2,
    "",
    "change-tracking-service needs Node.js 24 or newer, this is 20.20.2.\n",
  ]);
  put("old.cjs", 'Object.defineProperty(process.versions, "node", { value: "22.20.0" });');
  expect(runOld(ofProvider)).toEqual([
    2,
    "",
    "change-tracking needs Node.js 22.21 or newer, this is 22.20.0.\n",
  ]);

  const bundle = readFileSync(join(root, "provider/dist/index.js"), "utf8");
  expect(bundle).toContain('return require("pulumi-change-tracking/runtime").check(inputs);');
  expect(bundle).not.toContain("__name(");
  expect(createRequire(import.meta.url)(join(root, "provider/dist/runtime.js")).check(1)).toBe(1);
});

test("the command keeps what was compiled where its user's caches are, and runs where nothing can be written", async () => {
  await build({ root });
  const command = join(root, "provider/dist/main.js");
  const caches = join(root, "caches");
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const run = (folder: string) =>
    execFileSync(command, { encoding: "utf8", env: { ...env, XDG_CACHE_HOME: folder } });
  expect(run(caches)).toBe("checked\n");
  expect(readdirSync(join(caches, "change-tracking"), { recursive: true }).length).toBeGreaterThan(1);
  expect(run(join(root, "service/package.json"))).toBe("checked\n");
});

test("a missing entry file is named", async () => {
  rmSync(join(root, "service/index.ts"));
  await expect(build({ root })).rejects.toThrow("service/index.ts is missing");
});

test("declarations import each other by .js", () => {
  const before = [
    'import type { A } from "./a.ts";',
    'export * from "../../contract/b.ts";',
    'type C = import("./c.ts").C;',
    'import { z } from "zod";',
    'import d from "pack.ts";',
  ].join("\n");
  expect(withJsEndings(before).split("\n")).toEqual([
    'import type { A } from "./a.js";',
    'export * from "../../contract/b.js";',
    'type C = import("./c.js").C;',
    'import { z } from "zod";',
    'import d from "pack.ts";',
  ]);
});
