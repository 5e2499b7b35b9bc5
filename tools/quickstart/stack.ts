import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandResult, mustRun, runCommand } from "../ps.ts";
import { commandEnvironment } from "./environment.ts";
import { removeDeadLocks } from "./locks.ts";
import { type Backing, home, PROJECT_NAME, root, STACK_NAME } from "./paths.ts";
import type { Reader } from "./rows.ts";
import { placeOf } from "./view.ts";

const COMMAND_MS_MAX = 300_000;

/** The quickstart's own Pulumi: file backend, passphrase and home, so nothing of the user's is touched. */
export interface QuickStack {
  readonly env: NodeJS.ProcessEnv;
  run(args: readonly string[], show: boolean): Promise<CommandResult>;
}

/** Makes the stack when it is new and points its configuration at the running database. */
export async function prepareStack(pathPrefix: string, backing: Backing): Promise<QuickStack> {
  const state = join(home, "state");
  mkdirSync(state, { recursive: true });
  removeDeadLocks(state);
  const passphraseFile = join(home, "passphrase");
  if (!existsSync(passphraseFile))
    writeFileSync(passphraseFile, randomBytes(18).toString("hex"), { mode: 0o600 });
  const env = commandEnvironment(pathPrefix, backing);
  const run: QuickStack["run"] = (args, show) =>
    runCommand(
      "pulumi",
      [...args, "--non-interactive", "--color", process.stdout.isTTY ? "always" : "never"],
      {
        cwd: root,
        env,
        timeoutMs: COMMAND_MS_MAX,
        onOutput: show ? (text) => process.stdout.write(text) : undefined,
      },
    );
  await mustRun("pulumi", ["stack", "select", "--create", STACK_NAME, "--non-interactive"], {
    cwd: root,
    env,
  });
  await configure(env, backing);
  return { env, run };
}

async function configure(env: NodeJS.ProcessEnv, backing: Backing): Promise<void> {
  const plain = {
    [`${PROJECT_NAME}:sourceHost`]: backing.database.host,
    [`${PROJECT_NAME}:sourcePort`]: String(backing.database.port),
    [`${PROJECT_NAME}:sourceDatabase`]: backing.database.name,
    [`${PROJECT_NAME}:sourceUser`]: backing.database.user,
    "changetracking:endpoint": backing.endpoint,
  };
  const secret = {
    [`${PROJECT_NAME}:sourcePassword`]: backing.database.password,
    [`${PROJECT_NAME}:groupPassword`]: groupPassword(),
  };
  const args = [
    ...Object.entries(plain).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
    ...Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]),
  ];
  await mustRun("pulumi", ["config", "set-all", "--stack", STACK_NAME, ...args], { cwd: root, env });
}

/** One password for the groups of this data folder, made on the first run. */
function groupPassword(): string {
  const file = join(home, "group.password");
  if (!existsSync(file)) writeFileSync(file, `Gp${randomBytes(8).toString("hex")}`, { mode: 0o600 });
  return readFileSync(file, "utf8");
}

/**
 * Previews the same program with one mistake, in a copy of the stack's configuration, and returns what
 * Pulumi said about the refused resource.
 */
export async function previewMistake(stack: QuickStack): Promise<string> {
  const copy = join(home, "mistake.yaml");
  writeFileSync(copy, readFileSync(stackConfigFile(), "utf8"), { mode: 0o600 });
  const more = Array.from({ length: 18 }, (_, index) => `team${index + 4}`);
  const teams = Object.fromEntries(["billing", "search", "audit", ...more].map((team) => [team, team]));
  try {
    await mustRun(
      "pulumi",
      ["config", "set", "--config-file", copy, "--stack", STACK_NAME, "teams", JSON.stringify(teams)],
      { cwd: root, env: stack.env },
    );
    const result = await stack.run(["preview", "--stack", STACK_NAME, "--config-file", copy], false);
    if (result.code === 0) throw new Error("a preview of 21 consumer groups on one instance was not refused");
    return result.stdout + result.stderr;
  } finally {
    rmSync(copy, { force: true });
  }
}

/** What the program in examples/quickstart gives out. */
interface Outputs {
  readonly instanceId: string;
  readonly howToConnect: Readonly<
    Record<string, { readonly groupId: string; readonly username: string } | undefined>
  >;
}

export async function outputsOf({ env }: QuickStack): Promise<Outputs> {
  const { stdout } = await mustRun("pulumi", ["stack", "output", "--json", "--stack", STACK_NAME], {
    cwd: root,
    env,
  });
  return JSON.parse(stdout) as Outputs;
}

/** How to read as a team's group; where, the service says itself: it may have moved since the stack was applied. */
export async function readerOf(outputs: Outputs, backing: Backing, team: string): Promise<Reader> {
  const { instanceId, howToConnect } = outputs;
  const group = howToConnect[team];
  if (!group) throw new Error(`the program in examples/quickstart has no team ${team} to read as`);
  const { groupId, username } = group;
  const place = await placeOf(backing.endpoint, instanceId);
  return { ...place, groupId, username, password: groupPassword() };
}

export function stackConfigFile(): string {
  return join(root, `Pulumi.${STACK_NAME}.yaml`);
}

/** Deletes what the stack made and the stack itself, in one command: no stack is left for Pulumi to give advice on. */
export async function destroyStack(stack: QuickStack, show: boolean): Promise<void> {
  const args = ["destroy", "--yes", "--skip-preview", "--remove", "--stack", STACK_NAME];
  const result = await stack.run(args, show);
  if (result.code !== 0) throw new Error(`pulumi destroy failed:\n${result.stdout}\n${result.stderr}`);
}
