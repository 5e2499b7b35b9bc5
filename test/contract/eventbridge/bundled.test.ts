/*
 * Why: the provider is bundled as CommonJS and the service as a module, and the default export of a package looks
 * different in each. A path reader that fails to load would refuse every JSONPath instead of none.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, expect, it } from "vitest";
import { targets } from "../../../tools/build/targets.ts";
import { root } from "../../../tools/paths.ts";

// Inside the project, so that the packages which stay outside the bundle are found.
const cache = join(root, ".cache");
mkdirSync(cache, { recursive: true });
const folder = mkdtempSync(join(cache, "bundled-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each(["runtime", "service"])("JSONPath reads in the bundle of the %s", async (name) => {
  const target = targets.find((one) => one.name === name);
  const outfile = join(folder, name === "service" ? "service.mjs" : "runtime.cjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["contract/eventbridge/json-path.ts"],
    outfile,
    bundle: true,
    platform: "node",
    logLevel: "silent",
    ...target?.options,
  });
  const { openJsonPath, jsonPathProblem } =
    name === "service" ? await import(/* @vite-ignore */ outfile) : createRequire(import.meta.url)(outfile);
  expect(jsonPathProblem("$.a[*]")).toBeUndefined();
  expect(jsonPathProblem("a").rule).toBe("MQ-11");
  expect(openJsonPath("$.a[*]").read({ a: [1, 2] })).toEqual([1, 2]);
});
