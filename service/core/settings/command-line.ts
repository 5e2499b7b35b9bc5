import { resolve } from "node:path";
import { parseArgs } from "node:util";
import {
  LOCAL_ACCESS_KEY_ID,
  LOCAL_ACCESS_KEY_SECRET,
  LOCAL_KAFKA_PORT,
  LOCAL_PORT,
} from "../../../contract/local.ts";
import { logLevels } from "../kit/log.ts";
import {
  fromEnvironment,
  tokenFromEnvironment,
  UsageError,
  type Values,
  variableOf,
} from "./environment-variables.ts";
import { flagRefusal } from "./flag-refusal.ts";
import { defaultOptions, type ServiceOptions } from "./service-options.ts";
import {
  ADVERTISED,
  defined,
  PORT_MAX,
  REGION,
  readSettingsFile,
  type SettingsFile,
  type TextForm,
} from "./settings-file.ts";

const flags = {
  port: { type: "string" },
  host: { type: "string" },
  "kafka-port": { type: "string" },
  "kafka-host": { type: "string" },
  "kafka-advertised": { type: "string" },
  data: { type: "string" },
  memory: { type: "boolean" },
  seed: { type: "string" },
  settings: { type: "string" },
  region: { type: "string" },
  "wait-scale": { type: "string" },
  "log-level": { type: "string" },
  "vault-key": { type: "string" },
  "test-clock": { type: "boolean" },
  help: { type: "boolean" },
  version: { type: "boolean" },
} as const;

export const helpText = `change-tracking-service: speaks the API of the products around change tracking, on this machine

  tail INSTANCE       prints the changes of an instance of a running service as they come (tail --help)
  --port N            port of all control planes, 0 for any free one (default ${LOCAL_PORT})
  --host ADDRESS      address to listen on (default 127.0.0.1; others need keys and a service token)
  --kafka-port N      port of Kafka clients, taken with the first instance that is captured, 0 for any free one
                      (default ${LOCAL_KAFKA_PORT})
  --kafka-host ADDRESS          where these are listened for (default: as --host)
  --kafka-advertised NAME:PORT  what they are told to connect to, where that differs
  --data FOLDER       where everything is kept (default .change-tracking here, ignored by git)
  --memory            keep nothing on disk
  --seed FILE         YAML with what must exist before the service is ready
  --settings FILE     YAML with settings, keys and source addresses
  --region REGION     region of calls that name none (default ${defaultOptions.region})
  --wait-scale X      multiplies every wait: 1 as published, 0 none
  --log-level LEVEL   ${logLevels.join(", ")} (default ${defaultOptions.logLevel})
  --vault-key FILE    key that seals secrets (default vault.key in the data folder)
  --test-clock        let POST /_service/clock move the clock
  --version, --help

Each flag is also an environment variable: --wait-scale is CHANGE_TRACKING_WAIT_SCALE. A flag wins over the
environment, the environment over the settings file. CHANGE_TRACKING_SERVICE_TOKEN sets the service token.
An address such as tcp://10.0.0.1:8780 in CHANGE_TRACKING_PORT comes from Kubernetes and is ignored.
Without keys in the settings the service knows one pair, on loopback only: ${LOCAL_ACCESS_KEY_ID} / ${LOCAL_ACCESS_KEY_SECRET}.
`;

const DATA_FOLDER_DEFAULT = ".change-tracking";

export type Command = { readonly run: ServiceOptions } | { readonly print: "help" | "version" };

/** Merges defaults, settings file, environment and flags. Throws UsageError, or an Error about the settings file. */
export async function readCommand(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Command> {
  const given = parseFlags(argv);
  if (given.help === true) return { print: "help" };
  if (given.version === true) return { print: "version" };
  const environment = fromEnvironment(env, flags);
  const values = { ...environment, ...given };
  const settings = stringOf(values, "settings");
  const file: SettingsFile = settings === undefined ? {} : await readSettingsFile(settings);
  const { data, memory, seed, vaultKey, kafka, ...direct } = file;
  const dataFolder = folderOf([
    layerOf("--memory and --data", given),
    layerOf(`${variableOf("memory")} and ${variableOf("data")}`, environment),
    { names: `memory and data of the settings file ${settings}`, data, memory },
  ]);
  const fromFlags = defined({
    host: stringOf(values, "host"),
    port: numberOf(values, "port", 0, PORT_MAX, true),
    region: matching(values, "region", REGION),
    waitScale: numberOf(values, "wait-scale", 0, 100, false),
    logLevel: logLevels.find((level) => level === oneOf(values, "log-level", logLevels)),
    testClock: booleanOf(values, "test-clock"),
    serviceToken: tokenFromEnvironment(env),
  });
  const kafkaFlags = defined({
    host: stringOf(values, "kafka-host"),
    port: numberOf(values, "kafka-port", 0, PORT_MAX, true),
    advertised: matching(values, "kafka-advertised", ADVERTISED),
  });
  return {
    run: {
      ...defaultOptions,
      ...defined(direct),
      ...fromFlags,
      kafka: { ...defaultOptions.kafka, ...defined(kafka ?? {}), ...kafkaFlags },
      dataFolder,
      seedPath: stringOf(values, "seed") ?? seed,
      vaultKeyPath: stringOf(values, "vault-key") ?? vaultKey,
    },
  };
}

/** One source of settings that may say where the data is kept; `names` are its words for both. */
interface Layer {
  readonly names: string;
  readonly data: string | undefined;
  readonly memory: boolean | undefined;
}

/** The folder that the first layer with a word about it wants; undefined is memory. */
function folderOf(layers: readonly Layer[]): string | undefined {
  let mayBeMemory = true;
  for (const { names, data, memory } of layers) {
    if (memory === true && data !== undefined) throw new UsageError(`${names} exclude each other`);
    if (data !== undefined) return resolve(data);
    if (memory === true && mayBeMemory) return undefined;
    if (memory === false) mayBeMemory = false;
  }
  return resolve(DATA_FOLDER_DEFAULT);
}

function layerOf(names: string, values: Values): Layer {
  return { names, data: stringOf(values, "data"), memory: booleanOf(values, "memory") };
}

function parseFlags(argv: readonly string[]): Values {
  try {
    return parseArgs({ args: [...argv], options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw flagRefusal(error, Object.keys(flags));
  }
}

function stringOf(values: Values, name: string): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`--${name} needs a value`);
  return typeof value === "string" ? value : undefined;
}

function booleanOf(values: Values, name: string): boolean | undefined {
  const value = values[name];
  return typeof value === "boolean" ? value : undefined;
}

function numberOf(
  values: Values,
  name: string,
  min: number,
  max: number,
  whole: boolean,
): number | undefined {
  const given = stringOf(values, name);
  if (given === undefined) return undefined;
  const value = Number(given);
  const fits = Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value));
  if (fits && given.trim() !== "") return value;
  throw new UsageError(
    `--${name} must be ${whole ? "an integer" : "a number"} from ${min} to ${max}, got ${given}`,
  );
}

function matching(values: Values, name: string, { pattern, what }: TextForm): string | undefined {
  const given = stringOf(values, name);
  if (given === undefined || pattern.test(given)) return given;
  throw new UsageError(`--${name} must be ${what}, got ${given}`);
}

function oneOf(values: Values, name: string, known: readonly string[]): string | undefined {
  const given = stringOf(values, name);
  if (given === undefined || known.includes(given)) return given;
  throw new UsageError(`--${name} must be one of ${known.join(", ")}, got ${given}`);
}
