/**
 * npm run quickstart: builds, starts a real database and the local service, previews, applies, shows what
 * was made and a refused mistake. On a terminal it leaves everything running; elsewhere, or with --once,
 * it takes everything down again.
 */
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensurePulumi } from "./pulumi.ts";
import { runningBacking, startBacking, stopBacking } from "./quickstart/backingControl.ts";
import { type Backing, home, root, stackName } from "./quickstart/paths.ts";
import {
  destroyStack,
  prepareStack,
  previewMistake,
  type QuickStack,
  shellEnvironment,
  stackConfigFile,
} from "./quickstart/stack.ts";
import { serviceView } from "./quickstart/view.ts";

const usage = `Usage: npm run quickstart [-- --once | --stop | --help]
  (none)   start, preview, apply, show; on a terminal everything stays up
  --once   the same, then take everything down and exit
  --stop   delete what the quickstart made and stop its database and service`;

let step = 0;

async function main(): Promise<number> {
  const flags = readFlags();
  if (typeof flags === "number") return flags;
  if (flags.stop) return stopAll();
  const once = flags.once === true || !process.stdout.isTTY;
  say("Building the provider and the service");
  build();
  say("Finding a Pulumi CLI");
  const pulumi = await ensurePulumi();
  note(`${pulumi.version} (${pulumi.how})`);
  say("Starting PostgreSQL and the local service");
  const found = await runningBacking();
  const backing = found ?? (await startBacking(once));
  note(
    `${found ? "already running: " : ""}service ${backing.endpoint}, database ${backing.database.host}:${backing.database.port}`,
  );
  const interrupted = onInterrupt(once && !found);
  const stack = await prepareStack(pulumi.pathPrefix, backing);
  await show(stack, backing);
  if (once && !found) await takeDown(stack, backing);
  else whatNext(pulumi.pathPrefix, backing);
  interrupted();
  return 0;
}

function readFlags(): { once?: boolean; stop?: boolean } | number {
  try {
    const { values } = parseArgs({
      options: { once: { type: "boolean" }, stop: { type: "boolean" }, help: { type: "boolean" } },
    });
    if (!values.help) return values;
    console.log(usage);
    return 0;
  } catch (error) {
    console.error(`${(error as Error).message}\n${usage}`);
    return 2;
  }
}

async function show(stack: QuickStack, backing: Backing): Promise<void> {
  say("pulumi preview");
  await must(stack.run(["preview", "--stack", stackName], true));
  say("pulumi up");
  await must(stack.run(["up", "--yes", "--skip-preview", "--stack", stackName], true));
  say("A mistake: the same program with 21 groups on the instance, previewed");
  for (const line of refusal(await previewMistake(stack))) note(line);
  say("What the service itself says exists now");
  for (const line of await serviceView(backing.endpoint)) console.log(line);
}

/** The lines of a refused preview that name the limit. */
function refusal(output: string): string[] {
  const lines = output.split("\n").filter((line) => /\[[A-Z]+-\d+\]/.test(line));
  return [...new Set(lines.map((line) => line.replace(/^.*?error: /, "error: ").trim()))].slice(0, 3);
}

async function takeDown(stack: QuickStack, backing: Backing): Promise<void> {
  say("pulumi destroy, and stopping what was started");
  await destroyStack(stack, true);
  for (const line of await serviceView(backing.endpoint)) console.log(line);
  await stopBacking();
  forget();
  console.log("\nDone. On a terminal `npm run quickstart` leaves everything up to play with.");
}

function whatNext(pathPrefix: string, backing: Backing): void {
  const lines = Object.entries(shellEnvironment(pathPrefix, backing)).map(([name, value]) =>
    name === "PATH" ? `  export PATH="${value}:$PATH"` : `  export ${name}="${value}"`,
  );
  console.log(`
Everything is up and stays up. In a shell at this folder:
${lines.join("\n")}
Then try, in examples/quickstart/index.ts:
  billing: "invoices"   pulumi preview   one group renamed in place, nothing replaced
  21 teams              pulumi preview   refused, naming the limit
  a team less           pulumi up        deletes its group
Status of the service   ${backing.endpoint}/_service/status
Stop and delete it all  npm run quickstart -- --stop`);
}

async function stopAll(): Promise<number> {
  const backing = await runningBacking();
  if (!backing) {
    console.log("Nothing of the quickstart is running.");
    forget();
    return 0;
  }
  const pulumi = await ensurePulumi();
  try {
    await destroyStack(await prepareStack(pulumi.pathPrefix, backing), true);
  } finally {
    await stopBacking();
  }
  forget();
  console.log("Stopped, and everything that it made is deleted.");
  return 0;
}

/** Leaves no trace of a finished run; the next one starts from nothing. */
function forget(): void {
  rmSync(stackConfigFile(), { force: true });
  rmSync(home, { recursive: true, force: true });
}

/** Ctrl-C in a run that tidies up: stop the database and the service, keep nothing half-made. */
function onInterrupt(tidy: boolean): () => void {
  const handler = (): void => {
    console.error("\nInterrupted.");
    void (tidy ? stopBacking().then(forget) : Promise.resolve()).finally(() => process.exit(130));
  };
  process.once("SIGINT", handler);
  process.once("SIGTERM", handler);
  return () => {
    process.off("SIGINT", handler);
    process.off("SIGTERM", handler);
    if (process.connected) process.disconnect();
  };
}

function build(): void {
  const result = spawnSync(process.execPath, [join(root, "tools/build.ts"), "--types"], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) throw new Error("the build failed; its messages are above");
}

async function must(running: ReturnType<QuickStack["run"]>): Promise<void> {
  const result = await running;
  if (result.code !== 0) throw new Error(`pulumi exited with ${result.code}`);
}

function say(text: string): void {
  step += 1;
  console.log(`\n[${step}] ${text}`);
}

function note(text: string): void {
  console.log(`    ${text}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(`\nThe quickstart stopped: ${(error as Error).message}`);
  await stopBacking().catch(() => false);
  process.exitCode = 1;
}
