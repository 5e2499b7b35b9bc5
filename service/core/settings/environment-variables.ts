import { serviceToken } from "./settings-file.ts";

/** A mistake on the command line or in the environment; the process ends with status 2. */
export class UsageError extends Error {}

export type Values = Record<string, string | boolean | undefined>;

/** `tcp://10.0.0.1:8780`: what Kubernetes and Docker set for a service or a link called change-tracking. */
const LINKED = /^(tcp|udp|sctp):\/\//i;
const YES = /^(1|true|yes|on)$/i;
const NO = /^(0|false|no|off)$/i;
const notFromEnvironment: readonly string[] = ["help", "version"];

/** `wait-scale` is CHANGE_TRACKING_WAIT_SCALE. */
export function variableOf(flag: string): string {
  return `CHANGE_TRACKING_${flag.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * The flags that the environment sets; an empty variable sets nothing. Of the variables that Kubernetes invents for
 * services called change-tracking and change-tracking-kafka only the ports have the name of a flag, and their addresses
 * are none of ours.
 */
export function fromEnvironment(
  env: NodeJS.ProcessEnv,
  flags: Readonly<Record<string, { readonly type: "string" | "boolean" }>>,
): Values {
  const values: Values = {};
  for (const [name, { type }] of Object.entries(flags)) {
    const value = env[variableOf(name)];
    if (value === undefined || value === "" || notFromEnvironment.includes(name)) continue;
    if (name.endsWith("port") && LINKED.test(value)) continue;
    values[name] = type === "boolean" ? booleanOf(name, value) : value;
  }
  return values;
}

/** The service token as it stands in the environment. Held to the same form as in the settings file; its value is never shown. */
export function tokenFromEnvironment(env: NodeJS.ProcessEnv): string | undefined {
  const given = env.CHANGE_TRACKING_SERVICE_TOKEN;
  if (given === undefined || given === "") return undefined;
  if (serviceToken.safeParse(given).success) return given;
  const { minLength, maxLength } = serviceToken;
  throw new UsageError(
    `CHANGE_TRACKING_SERVICE_TOKEN must have ${minLength} to ${maxLength} characters, got ${given.length}`,
  );
}

function booleanOf(name: string, value: string): boolean {
  if (YES.test(value)) return true;
  if (NO.test(value)) return false;
  throw new UsageError(`${variableOf(name)} must be true or false, got ${value.slice(0, 40)}`);
}
