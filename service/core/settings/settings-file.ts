import { dirname, resolve } from "node:path";
import { z } from "zod";
import { judge } from "../kit/judge.ts";
import { logLevels } from "../kit/log.ts";
import { isAddressRange } from "../outbound/addresses.ts";
import { readSecretFile } from "./secret-file.ts";
import { type KeyOption, sourceTlsModes } from "./service-options.ts";
import { readYamlFile } from "./yaml-file.ts";

/** Asked for by `/_service/`, wherever it is set. */
export const serviceToken = z.string().min(16).max(256);
export const accessKeySecret = z.string().min(1).max(128);

const ranges = z
  .array(z.string().refine(isAddressRange, { error: "must be an address or a range such as 10.0.0.0/8" }))
  .max(100)
  .default([]);
export const PORT_MAX = 65_535;
const port = z.int().min(0).max(PORT_MAX);

/** The form of a text, and what a text of this form is called. */
export interface TextForm {
  readonly pattern: RegExp;
  readonly what: string;
  /** False keeps a refused text out of messages. Default true. */
  readonly isShown?: boolean;
}

export const REGION: TextForm = { pattern: /^[a-z0-9-]{1,64}$/, what: "a region such as cn-hangzhou" };
export const ACCESS_KEY_ID: TextForm = {
  pattern: /^[A-Za-z0-9._-]{1,128}$/,
  what: "1 to 128 letters, digits, dots, hyphens or underscores",
  // Id and secret are easily put the wrong way round.
  isShown: false,
};
/** `name:port`, an IPv6 address in brackets. */
export const ADVERTISED: TextForm = {
  pattern: /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+):([1-9]\d{0,4})$/i,
  what: "an address such as tracking.example:18001",
};

function textOf({ pattern, what }: TextForm) {
  return z.string().regex(pattern, { error: `must be ${what}` });
}

const advertised = textOf(ADVERTISED).optional();

const accessKey = z
  .strictObject({
    accessKeyId: textOf(ACCESS_KEY_ID),
    accessKeySecret: accessKeySecret.optional(),
    /** Path of a file that holds the secret and nothing else; relative to the settings file. */
    accessKeySecretFile: z.string().min(1).optional(),
    rights: z.enum(["all", "readOnly"]).default("all"),
    active: z.boolean().default(true),
  })
  .refine((key) => (key.accessKeySecret === undefined) !== (key.accessKeySecretFile === undefined), {
    error: "must have either accessKeySecret or accessKeySecretFile",
  });

/** The settings file, YAML or JSON. Every member is optional; an unknown one is refused by name. */
const settingsFile = z.strictObject({
  host: z.string().min(1).optional(),
  port: port.optional(),
  /** Data folder; relative to the settings file. */
  data: z.string().min(1).optional(),
  memory: z.boolean().optional(),
  seed: z.string().min(1).optional(),
  vaultKey: z.string().min(1).optional(),
  region: textOf(REGION).optional(),
  accountId: z
    .string()
    .regex(/^\d{1,20}$/, { error: "must be 1 to 20 digits" })
    .optional(),
  /** Multiplies every wait; 0 to 100. */
  waitScale: z.number().min(0).max(100).optional(),
  logLevel: z.enum(logLevels).optional(),
  keys: z.array(accessKey).max(100).optional(),
  serviceToken: serviceToken.optional(),
  /** Path of a file that holds the service token and nothing else; relative to the settings file. */
  serviceTokenFile: z.string().min(1).optional(),
  hosts: z.array(z.string().min(1)).max(100).optional(),
  /** Scheme, name and port as browsers write them: `https://console.example:8443`. */
  origins: z
    .array(z.string().regex(/^https?:\/\/[^\s/]+$/, { error: "must be an origin such as https://name:port" }))
    .max(100)
    .optional(),
  testClock: z.boolean().optional(),
  /** Which addresses the service may connect to, beyond what holds by itself. */
  outbound: z.strictObject({ allow: ranges, deny: ranges }).optional(),
  /** Where a source that a program names by its instance id really is. */
  sourceInstances: z
    .record(z.string(), z.strictObject({ host: z.string().min(1), port: port.min(1) }))
    .optional(),
  /** How sources are connected to; `caFile` is relative to the settings file. */
  sourceTls: z
    .strictObject({ mode: z.enum(sourceTlsModes).optional(), caFile: z.string().min(1).optional() })
    .optional(),
  /** Where Kafka clients connect; without a host where the service listens. */
  kafka: z
    .strictObject({
      host: z.string().min(1).optional(),
      port: port.optional(),
      advertised,
      /** A second port, with what its clients are told. */
      public: z.strictObject({ port, advertised }).optional(),
    })
    .optional(),
  /** Where RocketMQ clients connect; without a host where the service listens. */
  rocketmq: z
    .strictObject({ host: z.string().min(1).optional(), port: port.optional(), advertised })
    .optional(),
  /** Per product, as its room documents. */
  rooms: z.record(z.string(), z.unknown()).optional(),
});

/** What a program may set that starts the service in its own process; an unknown member is refused by name. */
export const settingsOfPrograms = settingsFile
  .pick({
    memory: true,
    port: true,
    region: true,
    waitScale: true,
    testClock: true,
    seed: true,
    logLevel: true,
  })
  .extend({ dataFolder: settingsFile.shape.data, kafkaPort: port.optional(), rocketmqPort: port.optional() });

type Written = z.output<typeof settingsFile>;

/** What the settings file says, with the secrets of the files that it names. */
export interface SettingsFile extends Omit<Written, "keys" | "serviceTokenFile"> {
  readonly keys?: readonly KeyOption[] | undefined;
}

/** Throws an Error that names the file and the first member that is wrong, never a secret. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const { value } = await readYamlFile("settings file", path);
  const refuse = (problem: string) => new Error(`settings file ${path}: ${problem}`);
  const written = judge(settingsFile, value ?? {}, "settings", refuse);
  const { data, seed, vaultKey, keys, serviceTokenFile, sourceTls, ...rest } = written;
  const from = (relative: string) => resolve(dirname(path), relative);
  const fileOf = (relative: string | undefined) => (relative === undefined ? undefined : from(relative));
  if (serviceTokenFile !== undefined && rest.serviceToken !== undefined)
    throw refuse("serviceToken and serviceTokenFile exclude each other");
  return {
    ...rest,
    ...defined({
      data: fileOf(data),
      seed: fileOf(seed),
      vaultKey: fileOf(vaultKey),
      sourceTls: sourceTls && { ...sourceTls, caFile: fileOf(sourceTls.caFile) },
      keys: keys?.map((key, at) =>
        withSecret(key, `settings file ${path}: keys[${at}].accessKeySecretFile`, from),
      ),
      ...(serviceTokenFile !== undefined && {
        serviceToken: readSecretFile(
          `settings file ${path}: serviceTokenFile`,
          from(serviceTokenFile),
          "serviceToken",
          serviceToken,
        ),
      }),
    }),
  };
}

function withSecret(
  { accessKeySecretFile, ...key }: z.output<typeof accessKey>,
  setting: string,
  from: (relative: string) => string,
): KeyOption {
  const secret =
    accessKeySecretFile === undefined
      ? (key.accessKeySecret ?? "")
      : readSecretFile(setting, from(accessKeySecretFile), "accessKeySecret", accessKeySecret);
  return { ...key, accessKeySecret: secret };
}

/** Leaves out what is undefined, so that spreading it overrides nothing. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
