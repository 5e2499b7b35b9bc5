import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import { writeFiles } from "../support/e2e/workspace.ts";

/**
 * The package as npm would publish it, in the hands of somebody with the strictest compiler settings: also the
 * declarations themselves are checked, which a workspace that resolves to the sources never does.
 */
const program = `
import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup, type ConsumerGroupArgs } from "pulumi-change-tracking";

export function group(instance: ChangeTrackingInstance, password: pulumi.Input<string>): pulumi.Output<string> {
  const args: ConsumerGroupArgs = { platform: "changeTracking", instance, account: "reader", password };
  return new ConsumerGroup("reader", args).groupId;
}
// @ts-expect-error the platform decides what a group is made of
export const wrong: ConsumerGroupArgs = { platform: "elsewhere" };
`;

let folder: string;
let packed: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "package-test-"));
  const args = ["pack", "--json", "--workspace", "provider", "--pack-destination", folder];
  const { stdout } = await mustRun("npm", args, { cwd: root, timeoutMs: 150_000 });
  const name = /[\w.-]+\.tgz/.exec(stdout)?.[0] ?? "";
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  await mustRun("tar", ["-xzf", name], { cwd: folder });
  renameSync(join(folder, "package"), join(modules, "pulumi-change-tracking"));
  for (const entry of readdirSync(join(root, "node_modules"))) {
    if (entry.startsWith(".") || entry === "pulumi-change-tracking") continue;
    symlinkSync(join(root, "node_modules", entry), join(modules, entry));
  }
  packed = readdirSync(join(modules, "pulumi-change-tracking"), { recursive: true, encoding: "utf8" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("holds the bundles and their declarations, and no source", () => {
  expect(packed).toEqual(expect.arrayContaining(["package.json", "dist/index.js", "dist/runtime.js"]));
  expect(packed).toEqual(expect.arrayContaining(["dist/index.d.ts", "dist/runtime.d.ts"]));
  expect(packed.filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))).toEqual([]);
});

describe.each([
  { title: "CommonJS", type: "commonjs", module: "nodenext", moduleResolution: "nodenext" },
  { title: "ES modules", type: "module", module: "nodenext", moduleResolution: "nodenext" },
  { title: "a bundler", type: "module", module: "esnext", moduleResolution: "bundler" },
])("in a project for $title", ({ title, type, module, moduleResolution }) => {
  test("it type checks with every library check on", async () => {
    const project = join(folder, title.replace(" ", "-"));
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      target: "es2022",
      types: ["node"],
      module,
      moduleResolution,
    };
    writeFiles(project, {
      "package.json": JSON.stringify({ name: "consumer", type }),
      "index.ts": program,
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["index.ts"] }),
    });
    const tsc = join(root, "node_modules/typescript/bin/tsc");
    await mustRun(process.execPath, [tsc, "-p", "."], { cwd: project, timeoutMs: 120_000 });
  });
});

test.each([
  ["require", "console.log(typeof require('pulumi-change-tracking').ConsumerGroup)", "--input-type=commonjs"],
  [
    "import",
    "import { ConsumerGroup } from 'pulumi-change-tracking'; console.log(typeof ConsumerGroup)",
    "--input-type=module",
  ],
])("loads by %s", async (_how, script, inputType) => {
  const { stdout } = await mustRun(process.execPath, [inputType, "--eval", script], { cwd: folder });
  expect(stdout).toBe("function\n");
});
