import { parseArgs } from "node:util";
import { LOCAL_ENDPOINT } from "../contract/local.ts";
import { UsageError } from "./core/settings/environment-variables.ts";
import { flagRefusal } from "./core/settings/flag-refusal.ts";
import { readSecretFile } from "./core/settings/secret-file.ts";
import { serviceToken } from "./core/settings/settings-file.ts";

const flags = {
  group: { type: "string" },
  account: { type: "string" },
  from: { type: "string" },
  json: { type: "boolean" },
  url: { type: "string" },
  help: { type: "boolean" },
} as const;

export const tailHelpText = `change-tracking-service tail INSTANCE: prints the changes of an instance as they come

  INSTANCE        id (dts...) or name
  --from TIME     2026-01-31T12:00:00Z, seconds since the epoch, 90s, 15m, 2h or 3d ago, or start for all that is kept
  --group GROUP   id or name: begin where this group has read to, without moving it
  --account NAME  the group's account, when it is to be checked too
  --json          one JSON object a line
  --url URL       the running service (default: CHANGE_TRACKING_ENDPOINT, else ${LOCAL_ENDPOINT})

Without --from and --group it begins with what changes from now on. CHANGE_TRACKING_SERVICE_TOKEN is the service token,
where the service asks for one, or CHANGE_TRACKING_SERVICE_TOKEN_FILE the file that holds it. Ctrl-C ends it.
`;

export interface TailWish {
  readonly url: string;
  readonly token: string | undefined;
  readonly instance: string;
  readonly group?: string;
  readonly account?: string;
  /** 0 for all that is kept. */
  readonly fromSeconds?: number;
  readonly json: boolean;
}

/** Reads what stands behind `tail`; undefined when help is asked for. Throws UsageError. */
export function readTailArguments(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  nowMs: number,
): TailWish | undefined {
  const { values, positionals } = parsed(argv);
  if (values.help === true) return undefined;
  const [instance, ...more] = positionals;
  if (instance === undefined || instance === "" || more.length > 0)
    throw new UsageError(
      `tail needs one instance, got ${positionals.length === 0 ? "none" : positionals.join(" ")}`,
    );
  const { group, account, from, json = false } = values;
  if (account !== undefined && group === undefined) throw new UsageError("--account goes with --group");
  return {
    url: urlOf(values.url ?? (env.CHANGE_TRACKING_ENDPOINT || LOCAL_ENDPOINT)),
    token: tokenOf(env),
    instance,
    ...(group !== undefined && { group }),
    ...(account !== undefined && { account }),
    ...(from !== undefined && { fromSeconds: secondsOf(from, nowMs) }),
    json,
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: flags, strict: true, allowPositionals: true });
  } catch (error) {
    throw flagRefusal(error, Object.keys(flags), " of tail");
  }
}

function urlOf(text: string): string {
  const url = URL.parse(text.includes("://") ? text : `http://${text}`);
  if (url && (url.protocol === "http:" || url.protocol === "https:")) return url.origin;
  throw new UsageError(`--url must be an address such as ${LOCAL_ENDPOINT}, got ${text}`);
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

function secondsOf(text: string, nowMs: number): number {
  if (text === "start") return 0;
  const [, count, unit] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const ago = count === undefined ? undefined : Number(count) * (UNIT_SECONDS[unit ?? ""] ?? 0);
  const isEpoch = /^\d{10}$/.test(text);
  const isDate = /^\d{4}-\d\d-\d\d/.test(text);
  const seconds =
    ago !== undefined ? nowMs / 1000 - ago : isEpoch ? Number(text) : isDate ? Date.parse(text) / 1000 : NaN;
  if (Number.isFinite(seconds)) return Math.max(0, Math.floor(seconds));
  throw new UsageError(`--from must be a time such as 2026-01-31T12:00:00Z, 15m or start, got ${text}`);
}

function tokenOf(env: NodeJS.ProcessEnv): string | undefined {
  const { CHANGE_TRACKING_SERVICE_TOKEN: token, CHANGE_TRACKING_SERVICE_TOKEN_FILE: file } = env;
  if (token || !file) return token || undefined;
  return readSecretFile("CHANGE_TRACKING_SERVICE_TOKEN_FILE", file, "serviceToken", serviceToken);
}
