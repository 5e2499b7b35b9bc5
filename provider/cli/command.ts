import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { flagRefusalText } from "../../contract/flags.ts";

/** How a command ends: nothing wrong, problems found, or not run. */
export const EXIT = { fine: 0, problems: 1, usage: 2 } as const;

/** Where definitions are when nobody says it. */
export const FOLDER_DEFAULT = "teams";

/** What a command has of its surroundings. */
export interface Io {
  /** Folder that paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly out: Output;
  /** For people: what is no result. */
  readonly err: Output;
}

export interface Output {
  /** Writes a text as it is, line ends included. */
  write(text: string): void;
  /** Whether colours can be shown. */
  readonly hasColors: boolean;
}

/** One command of `change-tracking`. */
export interface Command {
  readonly name: string;
  /** What it does, in a line. */
  readonly summary: string;
  /** The whole text of `change-tracking NAME --help`, with a line end. */
  readonly usage: string;
  /**
   * Runs with what stands behind the command's name, and resolves to the status of the process (see EXIT). Throws
   * UsageError for what is written wrongly; any other error counts as not run, and only its message is shown.
   */
  run(args: readonly string[], io: Io): Promise<number>;
}

/** What is written wrongly on the command line. */
export class UsageError extends Error {}

/** Reads the flags of a command. Throws UsageError. */
export function readFlags<T extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new UsageError(flagRefusalText(error, Object.keys(options), ` of ${command}`));
  }
}
