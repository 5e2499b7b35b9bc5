import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../../tools/paths.ts";
import { mustRun } from "../../tools/ps.ts";
import { writeFiles } from "../support/e2e/workspace.ts";
import { withStack } from "../support/e2e.ts";
import { type Ground, startGround } from "./support/ground.ts";
import { installWith, type Packed, packBoth, unpack } from "./support/packed.ts";

/* The packages as npm would publish them, in the hands of somebody who has nothing else of this repository. */

let packed: Packed;
let ground: Ground;
const at = (...path: string[]) => join(packed.folder, ...path);

beforeAll(async () => {
  packed = await packBoth();
  ground = await startGround();
  await installWith("npm", at("npm"), {
    "pulumi-change-tracking": packed.provider,
    "change-tracking-service": packed.service,
  });
  await installWith("pnpm", at("pnpm"), { "pulumi-change-tracking": packed.provider });
});
afterAll(async () => {
  await ground?.service.stop();
  if (packed) rmSync(packed.folder, { recursive: true, force: true });
});

interface Manifest {
  version: string;
  main?: string;
  types?: string;
  bin?: Record<string, string>;
  exports?: Record<string, string | Record<string, string>>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: unknown;
  workspaces?: unknown;
}

describe.each(["provider", "service"] as const)("the tarball of the %s", (which) => {
  let folder: string;
  let files: string[];
  let manifest: Manifest;

  beforeAll(async () => {
    folder = await unpack(packed[which], at("unpacked", which));
    const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
    files = all.filter((path) => statSync(join(folder, path)).isFile());
    manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  });

  test("holds what runs, its declarations, a README without dead links, the licence, and nothing else", () => {
    expect(files).toEqual(expect.arrayContaining(["package.json", "README.md", "LICENSE"]));
    expect(files.includes("NOTICE")).toBe(which === "service");
    const others = files.filter((path) => !/^(package\.json|README\.md|LICENSE|NOTICE)$/.test(path));
    expect(
      others.filter((path) => !/^(dist\/.*(\.js|\.d\.ts)|definitions\.schema\.json)$/.test(path)),
    ).toEqual([]);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    expect(readme.match(/\]\((?!https?:|#)[^)]+\)/g)).toBeNull();
    expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  });

  test("names only published packages, by version, and files that are there", () => {
    expect(manifest.devDependencies ?? manifest.workspaces).toBeUndefined();
    const versions = Object.values({ ...manifest.dependencies, ...manifest.peerDependencies });
    expect(versions.filter((version) => !/^\^?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    const exported = Object.values(manifest.exports ?? {}).flatMap((one) =>
      typeof one === "string" ? [one] : Object.values(one),
    );
    const named = [manifest.main, manifest.types, ...Object.values(manifest.bin ?? {}), ...exported];
    expect(named.filter((path) => path !== undefined && !existsSync(join(folder, path)))).toEqual([]);
  });

  test("says nothing of the folder in which it was built, and leaves nothing behind there", () => {
    const telling = files.filter((path) => readFileSync(join(folder, path), "utf8").includes(root));
    expect(telling).toEqual([]);
    for (const lent of ["LICENSE", "NOTICE"]) expect(existsSync(join(root, which, lent))).toBe(false);
  });

  test("has declarations that need nothing but what its users have", () => {
    const declared = files.filter((path) => path.endsWith(".d.ts"));
    expect(declared).toContain("dist/index.d.ts");
    const imported = declared.flatMap((path) =>
      ts.preProcessFile(readFileSync(join(folder, path), "utf8")).importedFiles.map((one) => one.fileName),
    );
    const needed = which === "provider" ? ["@pulumi/pulumi"] : [];
    expect([...new Set(imported.filter((name) => !name.startsWith(".")))]).toEqual(needed);
  });
});

test("the service's command starts, answers and stops", async () => {
  const command = at("npm/node_modules/.bin/change-tracking-service");
  const child = spawn(command, ["--memory", "--port", "0"], {
    cwd: packed.folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    const signal = AbortSignal.timeout(20_000);
    let url: string | undefined;
    for await (const [line] of on(child, signal)) {
      if (!line.includes('"event":"ready"')) continue;
      url = (JSON.parse(line) as { url: string }).url;
      break;
    }
    const health = await fetch(`${url}/_service/health`);
    expect(health.status).toBe(200);
  } finally {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  }
  expect(child.exitCode).toBe(0);
});

test("a program starts the service in two lines, and ends by itself once it has stopped", async () => {
  const program = `import { startService } from "change-tracking-service";
const service = await startService({ memory: true });
const health = await fetch(service.url + "/_service/health");
console.log(new URL(service.url).hostname, health.status);
await service.stop();
`;
  writeFiles(at("npm"), { "two-lines.mjs": program });
  const { stdout, stderr } = await mustRun(process.execPath, ["two-lines.mjs"], {
    cwd: at("npm"),
    timeoutMs: 60_000,
  });
  expect([stdout.trim(), stderr]).toEqual(["127.0.0.1 200", ""]);
});

async function* on(child: ReturnType<typeof spawn>, signal: AbortSignal): AsyncGenerator<[string]> {
  if (!child.stdout) return;
  for await (const line of createInterface({ input: child.stdout, signal })) yield [line];
}

const ARGS = `{
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "reader", password: "Sourc3-pw-5512" },
  objects: { shop: {} },
}`;
const GROUP = `{ platform: "changeTracking", instance: orders, account: "reader", password: "Gr0up-pw-7391" }`;
const body = `
const orders = new ChangeTrackingInstance("orders", ${ARGS});
const billing = new ConsumerGroup("billing", ${GROUP});
`;
const IMPORTS = `import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";\n`;
const esModule = `${IMPORTS}${body}export const instanceId = orders.instanceId;\nexport const groupId = billing.groupId;\n`;
const script = `const { ChangeTrackingInstance, ConsumerGroup } = require("pulumi-change-tracking");
${body}exports.instanceId = orders.instanceId;\nexports.groupId = billing.groupId;\n`;
const tsconfig = (more: object = {}) =>
  JSON.stringify({
    compilerOptions: { strict: true, target: "es2022", module: "nodenext", types: ["node"], ...more },
  });
const manifest = (main: string, type: string) =>
  JSON.stringify({ name: "program", private: true, main, type });

const programs: Record<string, Record<string, string>> = {
  "CommonJS, JavaScript": { "index.js": script, "package.json": manifest("index.js", "commonjs") },
  "CommonJS, TypeScript": {
    "index.ts": esModule,
    "tsconfig.json": tsconfig(),
    "package.json": manifest("index.ts", "commonjs"),
  },
  "an ES module, JavaScript": { "index.mjs": esModule, "package.json": manifest("index.mjs", "commonjs") },
  "an ES module, TypeScript": {
    "index.ts": esModule,
    "tsconfig.json": tsconfig(),
    "package.json": manifest("index.ts", "module"),
  },
};

describe.each([
  ["npm", Object.keys(programs)],
  ["pnpm", ["CommonJS, JavaScript", "an ES module, TypeScript"]],
] as const)("installed by %s, a program runs as", (manager, titles) => {
  test.each(titles)("%s", async (title) => {
    const folder = at(manager, title.replace(/\W+/g, "-"));
    const stackOptions = { program: programs[title] ?? {}, folder, config: ground.config };
    await withStack(stackOptions, async (stack) => {
      const up = await stack.up();
      expect(up.errors).toEqual([]);
      const instance = await ground.onlyInstance();
      expect(await ground.groups(instance)).toMatchObject({ billing: { account: "reader" } });
      const destroy = await stack.destroy();
      expect(destroy.errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });
});

test("warnings stand at their resource also where nothing is hoisted", async () => {
  const program = {
    "index.js": script
      .replaceAll("orders.instanceId", "'dts1'")
      .replace("instance: orders", "instance: 'dts1'"),
    "package.json": manifest("index.js", "commonjs"),
  };
  await withStack({ program, folder: at("pnpm", "warns"), config: ground.config }, async (stack) => {
    const fault = { action: "DescribeConsumerChannel", kind: "error", httpStatus: 500 };
    await ground.service.admin("POST", "faults", fault);
    const preview = await stack.preview();
    await ground.service.admin("DELETE", "faults");
    const warnings = preview.diagnostics.filter(({ severity }) => severity === "warning");
    expect(warnings.map(({ name, message }) => [name, message])).toEqual([
      ["billing", expect.stringMatching(/^The service could not be asked/)],
    ]);
  });
});

/** Wrong inputs are wrong in the published declarations too; every library check is on. */
const typed = `
import * as pulumi from "@pulumi/pulumi";
import { type StartedService, startService } from "change-tracking-service";
import { ChangeTrackingInstance, type ChangeTrackingInstanceArgs, ConsumerGroup, type ConsumerGroupArgs, getConsumerGroup } from "pulumi-change-tracking";

export function group(instance: ChangeTrackingInstance, password: pulumi.Input<string>): pulumi.Output<string> {
  const args: ConsumerGroupArgs = { platform: "changeTracking", instance, account: "reader", password };
  return new ConsumerGroup("reader", args).groupId;
}
export const orders: ChangeTrackingInstanceArgs = ${ARGS};
export const seen: pulumi.Output<boolean> = getConsumerGroup({ instance: "dts1", name: "a" }).status.connected;
export const started: Promise<StartedService> = startService({ memory: true });
// @ts-expect-error a port is a number
export const refused = startService({ port: "8780" });
// @ts-expect-error the platform decides what a group is made of
export const elsewhere: ConsumerGroupArgs = { platform: "elsewhere" };
// @ts-expect-error an engine that is none
export const engine: ChangeTrackingInstanceArgs = { ...orders, source: { engine: "Sqlite", accessMethod: "RDS" } };
`;

describe.each([
  { title: "CommonJS", type: "commonjs", module: "nodenext", moduleResolution: "nodenext" },
  { title: "ES modules", type: "module", module: "nodenext", moduleResolution: "nodenext" },
  { title: "a bundler", type: "module", module: "esnext", moduleResolution: "bundler" },
])("in a project for $title", ({ title, type, module, moduleResolution }) => {
  test("it type checks with every library check on", async () => {
    const project = at("npm", `types-${title.replace(" ", "-")}`);
    const options = {
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: false,
      noEmit: true,
      module,
      moduleResolution,
    };
    writeFiles(project, {
      "package.json": JSON.stringify({ name: "consumer", type }),
      "index.ts": typed,
      "tsconfig.json": tsconfig(options),
    });
    const tsc = at("npm/node_modules/typescript/bin/tsc");
    await mustRun(process.execPath, [tsc, "-p", "."], { cwd: project, timeoutMs: 120_000 });
  });
});
