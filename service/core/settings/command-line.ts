import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { nearest } from "../../../contract/limits/message.ts";
import { logLevels } from "../kit/log.ts";
import { fromEnvironment, UsageError, type Values, variableOf } from "./environment-variables.ts";
import { flagRefusal } from "./flag-refusal.ts";
import { booleanOf, matching, numberOf, oneOf, stringOf } from "./flag-values.ts";
import { flags } from "./flags.ts";
import { keysGiven, tokenGiven } from "./secrets-given.ts";
import { defaultOptions, type ServiceOptions } from "./service-options.ts";
import {
  ADVERTISED,
  defined,
  PORT_MAX,
  REGION,
  readSettingsFile,
  type SettingsFile,
} from "./settings-file.ts";
import { sourceTlsGiven } from "./source-tls.ts";

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
  const { data, memory, seed, vaultKey, kafka, rocketmq, sourceTls, ...direct } = file;
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
    logLevel: oneOf(values, "log-level", logLevels),
    testClock: booleanOf(values, "test-clock"),
    keys: keysGiven(given, environment),
    serviceToken: tokenGiven(given, environment, env),
  });
  const kafkaFlags = defined({
    host: stringOf(values, "kafka-host"),
    port: numberOf(values, "kafka-port", 0, PORT_MAX, true),
    advertised: matching(values, "kafka-advertised", ADVERTISED),
    public: publicPortOf(values, kafka),
  });
  const rocketmqFlags = defined({
    host: stringOf(values, "rocketmq-host"),
    port: numberOf(values, "rocketmq-port", 0, PORT_MAX, true),
    advertised: matching(values, "rocketmq-advertised", ADVERTISED),
  });
  return {
    run: {
      ...defaultOptions,
      ...defined(direct),
      ...fromFlags,
      kafka: { ...defaultOptions.kafka, ...defined(kafka ?? {}), ...kafkaFlags },
      rocketmq: { ...defaultOptions.rocketmq, ...defined(rocketmq ?? {}), ...rocketmqFlags },
      sourceTls: sourceTlsGiven(values, sourceTls),
      dataFolder,
      seedPath: stringOf(values, "seed") ?? seed,
      vaultKeyPath: stringOf(values, "vault-key") ?? vaultKey,
    },
  };
}

/** The second port of Kafka clients, of flags and environment over the settings file; undefined where neither names one. */
function publicPortOf(values: Values, kafka: SettingsFile["kafka"]): ServiceOptions["kafka"]["public"] {
  const port = numberOf(values, "kafka-public-port", 0, PORT_MAX, true) ?? kafka?.public?.port;
  const advertised = matching(values, "kafka-public-advertised", ADVERTISED) ?? kafka?.public?.advertised;
  if (port === undefined && advertised !== undefined)
    throw new UsageError("--kafka-public-advertised goes with --kafka-public-port");
  return port === undefined ? undefined : { port, ...defined({ advertised }) };
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
  const { values, positionals } = parsed(argv);
  const [word] = positionals;
  if (word === undefined) return values;
  const meant = nearest(word, COMMANDS);
  const hint =
    meant === undefined
      ? `commands, which stand first, are ${COMMANDS.join(" and ")}`
      : `did you mean ${meant}?`;
  throw new UsageError(`unknown command ${word}; ${hint}`);
}

/** Those that main.ts knows beside running the service. */
const COMMANDS = ["tail", "health"];

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: flags, strict: true, allowPositionals: true });
  } catch (error) {
    throw flagRefusal(error, Object.keys(flags));
  }
}
