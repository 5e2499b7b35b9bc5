import { dirname, resolve } from "node:path";
import { z } from "zod";
import { judge } from "../kit/judge.ts";
import { logLevels } from "../kit/log.ts";
import { isAddressRange } from "../outbound/addresses.ts";
import { readYamlFile } from "./yaml-file.ts";

/** Asked for by `/_service/`, wherever it is set. */
export const serviceToken = z.string().min(16).max(256);

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
}

export const REGION: TextForm = { pattern: /^[a-z0-9-]{1,64}$/, what: "a region such as cn-hangzhou" };
/** `name:port`, an IPv6 address in brackets. */
export const ADVERTISED: TextForm = {
  pattern: /^(\[[0-9a-f:.]+\]|[^\s:/[\]]+):([1-9]\d{0,4})$/i,
  what: "an address such as tracking.example:18001",
};

function textOf({ pattern, what }: TextForm) {
  return z.string().regex(pattern, { error: `must be ${what}` });
}

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
  keys: z
    .array(
      z.strictObject({
        // The value is not repeated: id and secret are easily put the wrong way round.
        accessKeyId: z.string().regex(/^[A-Za-z0-9._-]{1,128}$/, {
          error: "must be 1 to 128 letters, digits, dots, hyphens or underscores",
        }),
        accessKeySecret: z.string().min(1).max(128),
        rights: z.enum(["all", "readOnly"]).default("all"),
        active: z.boolean().default(true),
      }),
    )
    .max(100)
    .optional(),
  serviceToken: serviceToken.optional(),
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
  /** Where Kafka clients connect; without a host where the service listens. */
  kafka: z
    .strictObject({
      host: z.string().min(1).optional(),
      port: port.optional(),
      advertised: textOf(ADVERTISED).optional(),
    })
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
  .extend({ dataFolder: settingsFile.shape.data, kafkaPort: port.optional() });

export type SettingsFile = z.output<typeof settingsFile>;

/** Throws an Error that names the file and the first member that is wrong, never a secret. */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const { value } = await readYamlFile("settings file", path);
  const refuse = (problem: string) => new Error(`settings file ${path}: ${problem}`);
  const { data, seed, vaultKey, ...rest } = judge(settingsFile, value ?? {}, "settings", refuse);
  const from = (relative: string | undefined) =>
    relative === undefined ? undefined : resolve(dirname(path), relative);
  return { ...rest, ...defined({ data: from(data), seed: from(seed), vaultKey: from(vaultKey) }) };
}

/** Leaves out what is undefined, so that spreading it overrides nothing. */
export function defined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
