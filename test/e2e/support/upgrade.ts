import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../tools/paths.ts";
import { mustRun } from "../../../tools/ps.ts";
import { program } from "../../provider/support/programs.ts";
import { removeProvider } from "../../support/e2e/workspace.ts";
import type { TestStack } from "../../support/e2e.ts";

/** One folder for each version that people may have used: its package and a state that it wrote. */
export const FIXTURES = join(root, "test/fixtures/upgrade");
export const TARBALL = "pulumi-change-tracking.tgz";
export const STATE = "state.json";

export const versions = () => readdirSync(FIXTURES).filter((name) => /^\d+\.\d+\.\d+$/.test(name));

/** What every fixture was recorded with. Programs of any version must be able to say this. */
export const recordedProgram = (account = "a_billing", names = ["billing", "search"], more = "") =>
  program(`
    const orders = instance("orders", { tags: { team: "shop" }, startAt: "2026-01-02T03:04:05Z", ${more} });
    const accounts = { billing: "${account}", search: "a_search" };
    for (const name of ${JSON.stringify(names)}) group(name, orders, { account: accounts[name] });`);

/** Puts a packed version in the place of the provider. */
export async function usePacked(folder: string, tarball: string): Promise<void> {
  removeProvider(folder);
  const modules = join(folder, "node_modules");
  await mustRun("tar", ["-xzf", tarball, "-C", modules]);
  renameSync(join(modules, "package"), join(modules, "pulumi-change-tracking"));
}

/** Puts the present build there; `change` may alter its files as a later version would. */
export function usePresent(folder: string, change: (text: string, path: string) => string = (text) => text) {
  removeProvider(folder);
  copyPresent(join(folder, "node_modules/pulumi-change-tracking"), change);
}

export function copyPresent(to: string, change: (text: string, path: string) => string = (text) => text) {
  rmSync(to, { recursive: true, force: true });
  for (const path of ["package.json", "dist/index.js", "dist/runtime.js"]) {
    mkdirSync(join(to, path, ".."), { recursive: true });
    cpSync(join(root, "provider", path), join(to, path));
    writeFileSync(join(to, path), change(readFileSync(join(to, path), "utf8"), path));
  }
}

export async function exportText(stack: TestStack): Promise<string> {
  const { stdout } = await mustRun("pulumi", ["stack", "export"], { cwd: stack.folder, env: stack.env });
  return stdout;
}

export async function importText(stack: TestStack, text: string): Promise<void> {
  const file = join(stack.folder, "import.json");
  writeFileSync(file, text);
  await mustRun("pulumi", ["stack", "import", "--file", file], { cwd: stack.folder, env: stack.env });
}
