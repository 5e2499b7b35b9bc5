import { HIDDEN, isSecretName, textWithoutSecrets } from "../../../contract/secrets/index.ts";

/** Structured log: one JSON object a line. Never hand it a secret. */
export interface Logger {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const DEPTH_MAX = 4;
const TEXT_MAX = 2_000;

/** Writes one JSON object a line to standard error; fields of a secret name are starred, and so are secrets inside strings. */
export function jsonLog(
  level: LogLevel,
  now: () => number,
  write: (line: string) => void = (line) => void process.stderr.write(line),
): Logger {
  const threshold = logLevels.indexOf(level);
  const at = (own: LogLevel) => (event: string, fields?: Record<string, unknown>) => {
    if (logLevels.indexOf(own) < threshold) return;
    const entry = {
      time: new Date(now()).toISOString(),
      level: own,
      event,
      ...(clean(fields ?? {}, 0) as object),
    };
    write(`${JSON.stringify(entry)}\n`);
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") {
    // Hidden before it is cut: a cut string may be one that can no longer be taken apart.
    const shown = textWithoutSecrets(value);
    return shown.length > TEXT_MAX ? `${shown.slice(0, TEXT_MAX)}...` : shown;
  }
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Error) return { name: value.name, message: clean(value.message, depth) };
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH_MAX) return "...";
  if (Array.isArray(value)) return value.slice(0, 100).map((one) => clean(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      isSecretName(name) && one !== undefined ? HIDDEN : clean(one, depth + 1),
    ]),
  );
}
