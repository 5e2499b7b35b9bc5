import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { findOnPath, isExecutable } from "../paths.ts";
import { runCommand } from "../ps.ts";
import { CLI_FILES, CLI_VERSION_MIN, isVersionAtLeast } from "./versions.ts";

interface FoundPulumi {
  binDir: string;
  version: string;
}

/** The user's own CLI, when it is new enough and has its Node language host beside it or on the PATH. */
export async function findPulumiOnPath(path = process.env.PATH ?? ""): Promise<FoundPulumi | undefined> {
  const pulumi = findOnPath("pulumi", path);
  if (!pulumi) return undefined;
  const beside = dirname(realpathSync(pulumi));
  const whole = CLI_FILES.every((name) => isExecutable(join(beside, name)) || findOnPath(name, path));
  if (!whole) return undefined;
  const version = await askVersion(pulumi);
  return version && isVersionAtLeast(version, CLI_VERSION_MIN)
    ? { binDir: dirname(pulumi), version }
    : undefined;
}

/** What `pulumi version` answers, or undefined when it does not run. */
export async function askVersion(pulumi: string): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const result = await runCommand(pulumi, ["version"], { env, timeoutMs: 20_000 });
    return result.code === 0 ? result.stdout.trim() : undefined;
  } catch {
    return undefined;
  }
}
