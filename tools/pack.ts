import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { root } from "./paths.ts";

/*
 * What `npm pack` and `npm publish` run in a package's folder (scripts `prepack` and `postpack`): builds it anew and
 * lends it the licence, and the README where it has none of its own, while it is packed.
 */

const packages = {
  provider: { only: ["provider", "runtime"], types: true, borrows: ["README.md", "LICENSE"] },
  service: { only: ["service"], types: false, borrows: ["LICENSE"] },
} as const satisfies Record<string, { only: string[]; types: boolean; borrows: string[] }>;

export type PackageFolder = keyof typeof packages;

export async function beforePack(folder: PackageFolder): Promise<void> {
  const { only, types, borrows } = packages[folder];
  await build({ only: [...only], types });
  for (const name of borrows) {
    writeFileSync(join(root, folder, name), withoutLocalLinks(readFileSync(join(root, name), "utf8")));
  }
}

export function afterPack(folder: PackageFolder): void {
  for (const name of packages[folder].borrows) rmSync(join(root, folder, name), { force: true });
}

/** Links to files of the repository lead nowhere from a package: their text stays. */
export function withoutLocalLinks(markdown: string): string {
  return markdown.replace(/\[([^\]\n]+)\]\((?!https?:|#)[^)\n]+\)/g, "$1");
}

if (import.meta.main) {
  const [folder = "", step] = process.argv.slice(2);
  if (!Object.hasOwn(packages, folder)) {
    process.stderr.write(`node tools/pack.ts ${Object.keys(packages).join("|")} [after]\n`);
    process.exitCode = 2;
  } else if (step === "after") afterPack(folder as PackageFolder);
  else await beforePack(folder as PackageFolder);
}
