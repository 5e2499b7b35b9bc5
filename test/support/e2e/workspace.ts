import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "../../../tools/paths.ts";

/** A program: a folder to copy, or its files by path. */
export type Program = string | Record<string, string>;

export type ConfigValue = string | number | boolean | object | { secret: string };

/** Kept back from every child: the user's own Pulumi, cloud keys and settings, and what the test runner sets. */
const FOREIGN =
  /^(PULUMI_|ALIBABA_CLOUD_|ALICLOUD_|CHANGE_TRACKING_|changetracking|VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$|npm_)/;

export function cleanEnv(base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !FOREIGN.test(name)));
}

/** Writes the program into an empty folder, with the project files that it does not bring along. */
export function placeProgram(folder: string, program: Program, project: string): void {
  mkdirSync(folder, { recursive: true });
  if (typeof program === "string") {
    const left = (path: string) => !/^(node_modules|Pulumi\..+\.yaml)$/.test(basename(path));
    cpSync(program, folder, { recursive: true, filter: (source) => source === program || left(source) });
  } else writeFiles(folder, program);
  const missing = (name: string) => !existsSync(join(folder, name));
  if (missing("Pulumi.yaml")) writeFiles(folder, { "Pulumi.yaml": `name: ${project}\nruntime: nodejs\n` });
  if (missing("package.json")) {
    const main = missing("index.js") ? "index.ts" : "index.js";
    writeFiles(folder, { "package.json": JSON.stringify({ name: project, private: true, main }) });
  }
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/**
 * A `node_modules` as a user's install leaves it: everything links to this workspace's packages, except the
 * provider, which is a copy of what would be published. So the provider is a package, and not a source folder,
 * to Pulumi's serializer, which treats the two differently.
 */
export function installPackages(folder: string): void {
  const from = join(root, "node_modules");
  const to = join(folder, "node_modules");
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (!name.startsWith(".") && name !== PROVIDER) symlinkSync(join(from, name), join(to, name));
  }
  for (const part of ["package.json", "dist/index.js", "dist/runtime.js", "dist/definitions.js"]) {
    cpSync(join(root, "provider", part), join(to, PROVIDER, part));
  }
}

/** For tests of what happens when the package is gone. */
export function removeProvider(folder: string): void {
  rmSync(join(folder, "node_modules", PROVIDER), { recursive: true, force: true });
}

const PROVIDER = "pulumi-change-tracking";

/** The stack's settings file with the plain values; the CLI adds its salt and the secrets. */
export function plainConfig(project: string, config: Record<string, ConfigValue>): string {
  const lines = Object.entries(config)
    .filter(([, value]) => !isSecret(value))
    .map(([key, value]) => `  ${configKey(project, key)}: ${JSON.stringify(value)}`);
  return lines.length === 0 ? "" : `config:\n${lines.join("\n")}\n`;
}

export function secretArgs(project: string, config: Record<string, ConfigValue>): string[] {
  return Object.entries(config).flatMap(([key, value]) =>
    isSecret(value) ? ["--secret", `${configKey(project, key)}=${value.secret}`] : [],
  );
}

function configKey(project: string, key: string): string {
  return key.includes(":") ? key : `${project}:${key}`;
}

function isSecret(value: ConfigValue): value is { secret: string } {
  return typeof value === "object" && "secret" in value;
}
