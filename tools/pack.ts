import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { SERVICE_BUNDLES } from "./build/targets.ts";
import { build } from "./build.ts";
import { root } from "./paths.ts";

/*
 * What `npm pack` and `npm publish` run in a package's folder (scripts `prepack` and `postpack`): builds it anew and
 * lends it the licence while it is packed, and the service the notice of the definitions that its messaging wire is made from.
 */

const bundles = {
  provider: ["provider", "runtime", "definitions", "cli"],
  records: ["records"],
  service: SERVICE_BUNDLES,
} as const;

const NOTICE = join(root, "service/rocketmq-grpc/wire/published/NOTICE");

type PackageFolder = keyof typeof bundles;

async function beforePack(folder: PackageFolder): Promise<void> {
  await build({ only: [...bundles[folder]], types: true });
  copyFileSync(join(root, "LICENSE"), join(root, folder, "LICENSE"));
  if (folder === "service") copyFileSync(NOTICE, join(root, folder, "NOTICE"));
}

function afterPack(folder: PackageFolder): void {
  for (const name of ["LICENSE", "NOTICE"]) rmSync(join(root, folder, name), { force: true });
}

if (import.meta.main) {
  const [folder = "", step] = process.argv.slice(2);
  if (!Object.hasOwn(bundles, folder)) {
    process.stderr.write(`node tools/pack.ts ${Object.keys(bundles).join("|")} [after]\n`);
    process.exitCode = 2;
  } else if (step === "after") afterPack(folder as PackageFolder);
  else await beforePack(folder as PackageFolder);
}
