import { nearest } from "../../contract/limits/message.ts";
import { printableLines } from "../printable.ts";
import { VERSION } from "../runtime/host/version.ts";
import { type Command, EXIT, type Io, type Output, UsageError } from "./command.ts";
import { check } from "./commands/check.ts";
import { drift } from "./commands/drift.ts";
import { exportCommand } from "./commands/export.ts";
import { fmt } from "./commands/fmt.ts";
import { init } from "./commands/init.ts";
import { review } from "./commands/review.ts";
import { schema } from "./commands/schema.ts";

/** In the order in which the help shows them. */
const COMMANDS: readonly Command[] = [init, check, fmt, schema, review, drift, exportCommand];

const HELP_FLAGS = ["--help", "-h", "help"];

function help(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length));
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `change-tracking COMMAND: definitions of change tracking as files

${lines.join("\n")}

change-tracking COMMAND --help tells more of one; --version tells the version.
`;
}

/** Runs the command that the arguments name and resolves to the status of the process. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  const command = COMMANDS.find((one) => one.name === name);
  try {
    if (name === undefined || HELP_FLAGS.includes(name)) {
      (name === undefined ? io.err : io.out).write(help());
      return name === undefined ? EXIT.usage : EXIT.fine;
    }
    if (name === "--version") {
      io.out.write(`${VERSION}\n`);
      return EXIT.fine;
    }
    if (command === undefined) throw new UsageError(unknownCommand(name));
    if (args.includes("--help") || args.includes("-h")) {
      io.out.write(command.usage);
      return EXIT.fine;
    }
    return await command.run(args, io);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const more = [...(command === undefined ? [] : [command.name]), "--help"].join(" ");
    const isUsage = error instanceof UsageError;
    const pointer = isUsage
      ? `
See change-tracking ${more}.`
      : "";
    io.err.write(`change-tracking: ${printableLines(text)}${pointer}
`);
    return EXIT.usage;
  }
}

function unknownCommand(name: string): string {
  const names = COMMANDS.map((one) => one.name);
  const meant = nearest(name, names);
  return `unknown command ${name}; ${meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`}`;
}

/** What the package's command runs. */
export async function main(): Promise<void> {
  // A reader that has gone, `head` say, is no mistake, and what was found is: the command ends as it would have.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  const io: Io = {
    cwd: process.cwd(),
    env: process.env,
    out: outputOf(process.stdout),
    err: outputOf(process.stderr),
  };
  process.exitCode = await run(process.argv.slice(2), io);
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const { NO_COLOR, TERM } = process.env;
  const hasColors = stream.isTTY === true && !NO_COLOR && TERM !== "dumb";
  return { hasColors, write: (text) => void stream.write(text) };
}
