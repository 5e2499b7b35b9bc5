import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build as bundle } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { GROUP_PASSWORD, program } from "../provider/support/programs.ts";
import { installPackages, writeFiles } from "../support/e2e/workspace.ts";
import { withStack } from "../support/e2e.ts";
import { type Ground, startGround } from "./support/ground.ts";

/* Programs that have the classes, while the package is not, or not plainly, among their own dependencies. */

const PACKAGE = "pulumi-change-tracking";
let ground: Ground;
let base: string;

beforeAll(async () => {
  ground = await startGround();
  base = realpathSync(mkdtempSync(join(tmpdir(), "installed-")));
});
afterAll(async () => {
  await ground?.service.stop();
  rmSync(base, { recursive: true, force: true });
});

/** As pnpm lays out a workspace: every package sees its own dependencies and nothing else. */
function workspace(name: string): { app: string; library: string } {
  const [app, library] = [join(base, name, "app"), join(base, name, "library")];
  for (const folder of [app, library]) mkdirSync(join(folder, "node_modules"), { recursive: true });
  installPackages(library);
  for (const entry of readdirSync(join(root, "node_modules"))) {
    if (entry.startsWith(".") || entry === PACKAGE) continue;
    symlinkSync(join(root, "node_modules", entry), join(app, "node_modules", entry));
  }
  symlinkSync(library, join(app, "node_modules/library"));
  writeFiles(library, {
    "package.json": JSON.stringify({ name: "library", main: "index.js" }),
    "index.js": `exports.ct = require("${PACKAGE}");`,
  });
  return { app, library };
}

const body = `
const orders = new ct.ChangeTrackingInstance("orders", {
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "reader", password: "Sourc3-pw-1" },
  objects: { shop: {} },
});
new ct.ConsumerGroup("billing", { platform: "changeTracking", instance: orders, account: "reader", password: "${GROUP_PASSWORD}" });
`;

describe("a program of a workspace where only a shared library depends on the provider", () => {
  it("is told at the first preview what to install where, once; and works when that is done", async () => {
    const { app, library } = workspace("shared");
    const files = { "index.js": `const { ct } = require("library");${body}` };
    await withStack({ program: files, folder: app, config: ground.config }, async (stack) => {
      const refused = await stack.preview();
      expect(refused.ok).toBe(false);
      expect(refused.text).toContain(`${PACKAGE} must be installed for the program in ${app}:`);
      expect(refused.errors.filter((one) => one.includes("must be installed"))).toHaveLength(1);
      expect(refused.text).not.toContain("Cannot find module");
      expect(refused.text).not.toMatch(/\n\s+at /);

      symlinkSync(join(library, "node_modules", PACKAGE), join(app, "node_modules", PACKAGE));
      expect((await stack.up()).errors).toEqual([]);
      expect(await ground.groups(await ground.onlyInstance())).toMatchObject({ billing: {} });
      expect((await stack.destroy()).errors).toEqual([]);
    });
  });
});

describe("a program that esbuild has bundled", () => {
  it("works where the package is installed, and says what to install where it is not", async () => {
    const folder = join(base, "bundled");
    mkdirSync(folder, { recursive: true });
    installPackages(folder);
    const source = { "source.js": program(`group("billing", instance("orders"));`)["index.js"] ?? "" };
    writeFiles(folder, source);
    await bundle({
      absWorkingDir: folder,
      entryPoints: ["source.js"],
      outfile: join(folder, "index.js"),
      bundle: true,
      platform: "node",
      external: ["@pulumi/pulumi"],
      logLevel: "silent",
    });
    const files = { "package.json": JSON.stringify({ name: "bundled", private: true, main: "index.js" }) };
    await withStack({ program: files, folder, config: ground.config }, async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      expect(await ground.groups(await ground.onlyInstance())).toMatchObject({ billing: {} });
      expect((await stack.destroy()).errors).toEqual([]);
      rmSync(join(folder, "node_modules", PACKAGE), { recursive: true });
      const refused = await stack.preview();
      expect(refused.ok).toBe(false);
      expect(refused.text).toContain(`must be installed for the program in ${folder}:`);
    });
  });
});
