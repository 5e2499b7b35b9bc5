import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../tools/paths.ts";
import { mustRun } from "../../../tools/ps.ts";
import { cleanEnv, writeFiles } from "../../support/e2e/workspace.ts";

const PACK_MS_MAX = 600_000;
const INSTALL_MS_MAX = 600_000;
const PNPM_VERSION = "10.34.9";

/** Versions that a consumer installs beside the packages. */
const BESIDE = {
  "@pulumi/pulumi": "3.270.0",
  "@types/node": "24.19.2",
  "ts-node": "10.9.2",
  typescript: "6.0.3",
};

export interface Packed {
  folder: string;
  provider: string;
  service: string;
}

/** Both packages as `npm publish` would send them, in an empty folder outside of this repository. */
export async function packBoth(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  const args = ["pack", "--workspace", "provider", "--workspace", "service", "--pack-destination", folder];
  await mustRun("npm", args, { cwd: root, env: packagerEnv(), timeoutMs: PACK_MS_MAX });
  const find = (start: string) => {
    const name = readdirSync(folder).find((one) => one.startsWith(start) && one.endsWith(".tgz"));
    if (!name) throw new Error(`npm pack left no ${start}*.tgz`);
    return join(folder, name);
  };
  return { folder, provider: find("pulumi-change-tracking"), service: find("change-tracking-service") };
}

/** Unpacks a tarball; returns the package's folder. */
export async function unpack(tarball: string, into: string): Promise<string> {
  mkdirSync(into, { recursive: true });
  await mustRun("tar", ["-xzf", tarball, "-C", into]);
  return join(into, "package");
}

/** An empty folder into which a package manager installs tarballs and what a Pulumi program needs. */
export async function installWith(
  manager: "npm" | "pnpm",
  folder: string,
  tarballs: Record<string, string>,
): Promise<void> {
  const files = Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]);
  const dependencies = { ...BESIDE, ...Object.fromEntries(files) };
  writeFiles(folder, {
    "package.json": JSON.stringify({ name: "consumer", version: "1.0.0", private: true, dependencies }),
  });
  const [command, ...args] =
    manager === "npm"
      ? ["npm", "install", "--no-audit", "--no-fund", "--prefer-offline"]
      : ["npx", "--yes", `pnpm@${PNPM_VERSION}`, "install", "--prefer-offline"];
  await mustRun(command ?? "", args, { cwd: folder, env: packagerEnv(), timeoutMs: INSTALL_MS_MAX });
}

/** Inside `npm test` npm's own variables would turn every command to this repository; where packages come from stays. */
function packagerEnv(): NodeJS.ProcessEnv {
  const kept = /^npm_config_(registry|cafile|cache|userconfig|proxy|https_proxy|noproxy)$/i;
  const source = Object.entries(process.env).filter(([name]) => kept.test(name));
  return { ...cleanEnv(), ...Object.fromEntries(source) };
}
