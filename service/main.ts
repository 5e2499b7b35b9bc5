#!/usr/bin/env node
import { once } from "node:events";
import { sayConsoleTexts } from "./core/kit/console-texts.ts";
import { type Command, readCommand } from "./core/settings/command-line.ts";
import { UsageError } from "./core/settings/environment-variables.ts";
import { helpText } from "./core/settings/flags.ts";
import type { ServiceOptions } from "./core/settings/service-options.ts";
import { healthProblem } from "./health.ts";
import { whenNpmShellEnds } from "./npm-shell.ts";
import { rooms } from "./products.ts";
import { openService, type RunningService, serviceVersion } from "./server.ts";
import { tail } from "./tail.ts";
import { readTailArguments, tailHelpText } from "./tail-arguments.ts";

const USAGE_STATUS = 2;
const FAILURE_STATUS = 1;
const SIGTERM_STATUS = 143;

/** One line for people on a terminal, one JSON object for programs. Printed once, when the service is ready. */
function announce(service: RunningService, options: ServiceOptions): void {
  const dataFolder = options.dataFolder ?? "in memory";
  const status = `${service.url}/_service/status`;
  if (process.stdout.isTTY) {
    console.log(`Ready on ${service.url} (data: ${dataFolder}; status: ${status}). Stop with Ctrl-C.`);
  } else {
    console.log(JSON.stringify({ event: "ready", url: service.url, dataFolder, status, pid: process.pid }));
  }
}

/** The first signal stops in order, the second at once. */
function stopOnSignals(service: RunningService): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) process.exit(FAILURE_STATUS);
    stopping = true;
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  whenNpmShellEnds(process.env, onSignal);
}

/** While it starts nothing was answered that could be lost. The status is the shells' for this signal. */
function endAtOnce(): void {
  process.exit(SIGTERM_STATUS);
}

function fail(error: unknown, help = "--help"): never {
  const usage = error instanceof UsageError;
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`change-tracking-service: ${text}${usage ? `\nSee ${help}.` : ""}\n`);
  process.exit(usage ? USAGE_STATUS : FAILURE_STATUS);
}

/** What the command does; ends the process when that fails. */
export async function main(): Promise<void> {
  const help = process.argv[2] === "tail" ? "tail --help" : "--help";
  await run().catch((error: unknown) => fail(error, help));
}

async function run(): Promise<void> {
  const [, , first, ...rest] = process.argv;
  if (first === "tail") return runTail(rest);
  if (first === "health") return runHealth(rest);
  const command: Command = await readCommand(process.argv.slice(2), process.env);
  if ("print" in command) {
    process.stdout.write(command.print === "help" ? helpText : `${serviceVersion}\n`);
    return;
  }
  // A container's first process is not ended by a signal that it does not take.
  process.once("SIGTERM", endAtOnce);
  const service = await openService({ options: command.run, rooms });
  process.off("SIGTERM", endAtOnce);
  stopOnSignals(service);
  announce(service, command.run);
  // Of libraries, such as a database's driver to which a precheck's source sent what it did not expect.
  sayConsoleTexts((method, text) => service.kernel.log.debug("console", { method, text }));
}

async function runHealth(argv: readonly string[]): Promise<void> {
  const problem = await healthProblem(argv, process.env);
  if (problem !== undefined) throw new Error(problem);
}

/** Ctrl-C ends it, and so does a reader of its output that has gone. */
async function runTail(argv: readonly string[]): Promise<void> {
  const wish = readTailArguments(argv, process.env, Date.now());
  if (!wish) {
    process.stdout.write(tailHelpText);
    return;
  }
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stop.abort());
  whenNpmShellEnds(process.env, () => stop.abort());
  process.stdout.on("error", () => stop.abort());
  await tail(
    wish,
    {
      async line(text) {
        if (process.stdout.write(`${text}\n`)) return;
        await once(process.stdout, "drain", { signal: stop.signal }).catch(() => undefined);
      },
      note: (text) => console.error(text),
    },
    stop.signal,
  );
}

// Not awaited: a module that waits at its top cannot be loaded by `require`.
if (import.meta.main) void main();
