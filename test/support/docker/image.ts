import { copyFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findOnPath, root } from "../../../tools/paths.ts";
import { mustRun, runCommand } from "../../../tools/ps.ts";
import type { Engine } from "./engine.ts";

/** What the Dockerfile begins with where nothing else is said. */
const USUAL_BASE = "node:24-slim";
const PULL_MS_MAX = 5 * 60_000;
const BUILD_MS_MAX = 20 * 60_000;

/** Builds the Dockerfile as `tag`, over `tag-base` where that has to be made. */
export async function buildImage(engine: Engine, tag: string): Promise<void> {
  const base = await baseImage(engine, `${tag}-base`);
  const hasBuildx = (await runCommand("docker", ["buildx", "version"], { env: engine.env })).code === 0;
  await mustRun("docker", ["build", "--build-arg", `BASE=${base}`, "--tag", tag, root], {
    env: { ...engine.env, DOCKER_BUILDKIT: hasBuildx ? "1" : "0" },
    timeoutMs: BUILD_MS_MAX,
  });
}

/** Takes away what `buildImage` has made; stages that were left behind are cache, and nobody's. */
export async function removeImage({ env }: Engine, tag: string): Promise<void> {
  const stages = ["prune", "--force", "--filter", "label=change-tracking.stage=build"];
  for (const args of [["rm", "--force", tag], stages, ["rm", "--force", `${tag}-base`]])
    await runCommand("docker", ["image", ...args], { env });
}

/** The usual image to build with where that is to be had, else one made of this machine's parts as `tag`. */
export async function baseImage(engine: Engine, tag: string): Promise<string> {
  return (await hasImage(engine, USUAL_BASE)) ? USUAL_BASE : importBase(engine, tag);
}

/** Whether an image is here, or a registry gives it. */
export async function hasImage({ env }: Engine, name: string): Promise<boolean> {
  const inspect = await runCommand("docker", ["image", "inspect", name], { env });
  if (inspect.code === 0) return true;
  const pull = await runCommand("docker", ["pull", "--quiet", name], { env, timeoutMs: PULL_MS_MAX });
  return pull.code === 0;
}

/** An image with this machine's Node.js and npm, and no more: what no registry has to be asked for. */
async function importBase(engine: Engine, tag: string): Promise<string> {
  const npm = findOnPath("npm");
  if (npm === undefined) throw new Error("no npm on the PATH to make an image of");
  const folder = mkdtempSync(join(tmpdir(), "base-image-"));
  const archive = `${folder}.tar`;
  try {
    const files = join(folder, "usr/local");
    await mustRun(process.execPath, [join(root, "tools/docker/runtime.ts"), folder]);
    cpSync(dirname(dirname(realpathSync(npm))), join(files, "lib/node_modules/npm"), { recursive: true });
    symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(files, "bin/npm"));
    // npm is a script that begins with a call of it.
    mkdirSync(join(folder, "usr/bin"), { recursive: true });
    copyFileSync("/usr/bin/env", join(folder, "usr/bin/env"));
    mkdirSync(join(folder, "tmp"), { mode: 0o1777 });
    const settings = ["ENV PATH=/usr/local/bin:/usr/bin", ...registrySettings(folder)];
    await mustRun("tar", ["-C", folder, "-cf", archive, "."], { timeoutMs: PULL_MS_MAX });
    const changes = settings.flatMap((line) => ["--change", line]);
    await engine.docker(["import", ...changes, archive, tag], { timeoutMs: PULL_MS_MAX });
    return tag;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(archive, { force: true });
  }
}

/** How this machine reaches npm's registry, where that takes more than a name. */
function registrySettings(folder: string): string[] {
  const { NODE_EXTRA_CA_CERTS: issuers, npm_config_registry: registry } = process.env;
  if (issuers) copyFileSync(issuers, join(folder, "etc/issuers.pem"));
  return [
    ...(issuers ? ["ENV NODE_EXTRA_CA_CERTS=/etc/issuers.pem"] : []),
    ...(registry ? [`ENV npm_config_registry=${registry}`] : []),
  ];
}
