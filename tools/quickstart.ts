/**
 * npm run quickstart: builds, starts a real database and the local service, previews, applies, shows what
 * was made, rows on their way from the database to a consumer group, and a refused mistake. On a terminal it leaves
 * everything running; elsewhere, or with --once, it takes everything down again.
 */
import { rmSync } from "node:fs";
import { build } from "./build.ts";
import { ensurePulumi } from "./pulumi.ts";
import {
  forgetBacking,
  keptPrograms,
  runningBacking,
  startBacking,
  stopBacking,
} from "./quickstart/backing-control.ts";
import { writeEnvironmentFile } from "./quickstart/environment.ts";
import { describeError } from "./quickstart/failure.ts";
import { type Flags, readFlags, USAGE } from "./quickstart/flags.ts";
import { type Backing, STACK_NAME } from "./quickstart/paths.ts";
import { showRows } from "./quickstart/rows.ts";
import {
  destroyStack,
  outputsOf,
  prepareStack,
  previewMistake,
  type QuickStack,
  readerOf,
  stackConfigFile,
} from "./quickstart/stack.ts";
import { serviceView } from "./quickstart/view.ts";

let step = 0;

/** Set once this run has started the database and the service: only these are its own to stop. */
let isOurs = false;

async function main(): Promise<number> {
  const flags = wantedFlags();
  if (typeof flags === "number") return flags;
  if (flags.stop) return stopAll();
  const once = flags.once || !process.stdout.isTTY;
  say("Building the provider and the service, and finding a Pulumi CLI");
  const [pulumi] = await Promise.all([ensurePulumi(), build({ types: true })]);
  note(`${pulumi.version} (${pulumi.how})`);
  say("Starting PostgreSQL and the local service");
  const found = await runningBacking();
  const backing = found ?? (await startBacking(once));
  isOurs = !found;
  note(
    `${found ? "already running: " : ""}service ${backing.endpoint}, database ${backing.database.host}:${backing.database.port}`,
  );
  const interrupted = onInterrupt(once && isOurs);
  const stack = await prepareStack(pulumi.pathPrefix, backing);
  const instanceId = await show(stack, backing);
  if (once && isOurs) await takeDown(stack, backing);
  else whatNext(writeEnvironmentFile(pulumi.pathPrefix, backing), backing, instanceId);
  interrupted();
  return 0;
}

function wantedFlags(): Flags | number {
  try {
    const flags = readFlags(process.argv.slice(2), process.env);
    if (flags.help) console.log(USAGE);
    for (const name of flags.swallowed)
      console.log(`npm took ${name} for itself; going on as \`npm run quickstart -- ${name}\`.`);
    return flags.help ? 0 : flags;
  } catch (error) {
    console.error(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
}

/** Returns the id of the instance. */
async function show(stack: QuickStack, backing: Backing): Promise<string> {
  say("pulumi preview");
  await must(stack.run(["preview", "--stack", STACK_NAME], true));
  say("pulumi up");
  await must(stack.run(["up", "--yes", "--skip-preview", "--stack", STACK_NAME], true));
  say("Rows: an order comes, changes and goes, and a consumer group reads it");
  const outputs = await outputsOf(stack);
  await showRows(backing.database, await readerOf(outputs, backing, "billing"), note);
  say("A mistake: the same program with 21 groups on the instance, previewed");
  for (const line of refusal(await previewMistake(stack))) note(line);
  say("What the service itself says exists now");
  for (const line of await serviceView(backing.endpoint)) console.log(line);
  return outputs.instanceId;
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
  await forget();
  console.log("\nDone. On a terminal `npm run quickstart` leaves everything up to play with.");
}

function whatNext(environmentFile: string, backing: Backing, instance: string): void {
  console.log(`
Everything is up and stays up. In a shell at this folder:
  source ${environmentFile}
Then try, in examples/quickstart/index.ts:
  billing: "invoices"   pulumi preview   one group renamed in place, nothing replaced
  21 teams              pulumi preview   refused, naming the limit
  a team less           pulumi up        deletes its group
Changes as they come    npx change-tracking-service tail ${instance}
Read as a group         node examples/consume/index.ts
The database            psql ${urlOf(backing.database)}
Status of the service   ${backing.endpoint}/_service/status
Stop and delete it all  npm run quickstart -- --stop`);
}

async function stopAll(): Promise<number> {
  const backing = await runningBacking();
  if (!backing) {
    console.log("Nothing of the quickstart is running.");
    await forget();
    return 0;
  }
  const pulumi = await ensurePulumi();
  try {
    await destroyStack(await prepareStack(pulumi.pathPrefix, backing), true);
  } finally {
    await stopBacking();
  }
  await forget();
  console.log("Stopped, and everything that it made is deleted. Kept are only the programs that it needed:");
  for (const path of keptPrograms()) note(path);
  return 0;
}

/** Leaves no trace of a finished run; the next one starts from nothing. */
async function forget(): Promise<void> {
  rmSync(stackConfigFile(), { force: true });
  await forgetBacking();
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

/** Without the password, which psql asks for. */
function urlOf({ host, port, user, name }: Backing["database"]): string {
  return `postgresql://${user}@${host}:${port}/${name}`;
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
  console.error(`\nThe quickstart stopped: ${describeError(error)}`);
  // What ran before this run goes on: a mistake in the program is mended and tried again.
  if (isOurs) await stopBacking().catch(() => false);
  else if (await runningBacking()) console.error("The database and the service that were running go on.");
  process.exitCode = 1;
}
