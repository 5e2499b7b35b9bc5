import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";
import { mustRun } from "../ps.ts";
import { type PulumiSetup, pulumiEnv } from "../pulumi.ts";
import { withoutForeign } from "../quickstart/environment.ts";
import type { Database } from "./parts.ts";

const UP_MS_MAX = 300_000;
const FUNCTION = "acs:fc:cn-hangzhou:123456789012:functions/clean";

interface World {
  readonly endpoint: string;
  readonly database: Database;
  readonly prepared: Readonly<Record<string, string>>;
}

/** A copy of the program and a stack of its own, so that nothing of the clone's is touched. */
export async function stackOf(setup: PulumiSetup, folder: string, { endpoint, database, prepared }: World) {
  const program = join(folder, "program");
  cpSync(join(root, "examples/inflow"), program, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(program, "node_modules"), "dir");
  const backendDir = join(folder, "state");
  mkdirSync(backendDir);
  const env = pulumiEnv({ setup, backendDir, passphrase: "inflow", base: withoutForeign(process.env) });
  const command = (args: readonly string[], isShown = false) =>
    mustRun(
      "pulumi",
      [
        ...args,
        "--non-interactive",
        ...(isShown ? ["--color", process.stdout.isTTY ? "always" : "never"] : []),
      ],
      {
        cwd: program,
        env,
        timeoutMs: UP_MS_MAX,
        ...(isShown && { onOutput: (text: string) => process.stdout.write(text) }),
      },
    );
  await command(["stack", "init", "dev"]);
  const plain = {
    "changetracking:endpoint": endpoint,
    sourceHost: "127.0.0.1",
    sourcePort: String(database.port),
    sourceUser: database.user,
    functionArn: FUNCTION,
    ...prepared,
  };
  const secret = { sourcePassword: database.password, groupPassword: `Gp${randomBytes(8).toString("hex")}` };
  await command([
    "config",
    "set-all",
    ...Object.entries(plain).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
    ...Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
  ]);
  return command;
}
