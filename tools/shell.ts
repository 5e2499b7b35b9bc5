/**
 * npm run --silent shell: builds the provider and finds a Pulumi CLI, and prints what a shell needs to run the examples
 * with it: `eval "$(npm run --silent shell)"`. The stacks' states stay in this clone.
 */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build.ts";
import { root } from "./paths.ts";
import { passSignalsOn } from "./ps.ts";
import { ensurePulumi } from "./pulumi.ts";
import { exportLines } from "./quickstart/environment.ts";

const home = join(root, ".data/examples");

async function main(): Promise<void> {
  await build({ types: true });
  const { pathPrefix } = await ensurePulumi();
  const state = join(home, "state");
  mkdirSync(state, { recursive: true });
  const passphrase = join(home, "passphrase");
  if (!existsSync(passphrase)) writeFileSync(passphrase, randomBytes(18).toString("hex"), { mode: 0o600 });
  const lines = exportLines({
    PATH: pathPrefix,
    PULUMI_HOME: join(home, "pulumi"),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  });
  process.stdout.write(`${lines.join("\n")}\n`);
}

passSignalsOn();
try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
