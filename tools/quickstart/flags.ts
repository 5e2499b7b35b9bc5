import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run quickstart [-- --once | --stop | --help]
  (none)   start, preview, apply, show; on a terminal everything stays up
  --once   the same, then take everything down and exit
  --stop   delete what the quickstart made and stop its database and service`;

export interface Flags {
  readonly once: boolean;
  readonly stop: boolean;
  readonly help: boolean;
  /** Flags that npm took for its own because `--` was left out. */
  readonly swallowed: readonly string[];
}

const NAMES = ["once", "stop"] as const;

/**
 * Reads the flags. In `npm run quickstart --stop` npm takes the flag for a setting of its own and hands it on by the
 * environment: it is meant all the same. Throws when an argument is unknown.
 */
export function readFlags(args: readonly string[], environment: NodeJS.ProcessEnv): Flags {
  const { values } = parseArgs({
    args: [...args],
    options: { once: { type: "boolean" }, stop: { type: "boolean" }, help: { type: "boolean" } },
  });
  const swallowed = NAMES.filter((name) => environment[`npm_config_${name}`] === "true" && !values[name]);
  const isMeant = (name: (typeof NAMES)[number]) => values[name] === true || swallowed.includes(name);
  return {
    once: isMeant("once"),
    stop: isMeant("stop"),
    help: values.help === true,
    swallowed: swallowed.map((name) => `--${name}`),
  };
}
