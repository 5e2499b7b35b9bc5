import { LOCAL_HOST, LOCAL_KAFKA_PORT, LOCAL_PORT, LOCAL_ROCKETMQ_PORT } from "../../../contract/local.ts";
import { type ServerLimits, serverLimits } from "../http/server-limits.ts";
import type { LogLevel } from "../kit/log.ts";

/** The service's settings after defaults, settings file, environment and flags are merged. */
export interface Settings {
  /** Region answered for when a call carries none. Default `cn-hangzhou`. */
  readonly region: string;
  readonly accountId: string;
  /** Where the service listens. */
  readonly host: string;
  /** Which addresses the service may connect to; see `outbound/dial.ts`. */
  readonly outbound: OutboundSettings;
  /** Multiplies every wait of the engines; 1 is as published, 0 in tests. */
  readonly waitScale: number;
  /** Source instance ids that stand for a reachable address, e.g. `rm-1` -> `{ host, port }`. */
  readonly sourceInstances: Readonly<Record<string, { host: string; port: number }>>;
  /** Undefined keeps everything in memory. */
  readonly dataFolder: string | undefined;
  readonly sourceTls: SourceTls;
  readonly kafka: KafkaSettings;
  readonly rocketmq: RocketmqSettings;
  /** Free-form room settings, by room name. */
  readonly rooms: Readonly<Record<string, unknown>>;
}

/**
 * How sources are connected to. `prefer` (the default) takes TLS where the server offers it and checks no certificate, `verify`
 * demands it with a certificate that holds the source's name, `off` takes none.
 */
export interface SourceTls {
  readonly mode: (typeof sourceTlsModes)[number];
  /** Certificates in PEM that may have signed the sources'; undefined for those that Node.js knows. */
  readonly ca: string | undefined;
}

export const sourceTlsModes = ["off", "prefer", "verify"] as const;

/** Where Kafka clients connect. The port is taken when there is something to read. */
interface KafkaSettings {
  /** Undefined: where the service listens. */
  readonly host: string | undefined;
  /** 0 takes a free port. */
  readonly port: number;
  /** `host:port` that clients are told, where it is not the one listened on: of a container, for example. */
  readonly advertised: string | undefined;
  /** A second port on the same host, for clients that come another way: from outside a container's network, for example. */
  readonly public: { readonly port: number; readonly advertised?: string | undefined } | undefined;
}

/** Where RocketMQ clients connect. Each 5.x instance has a port of its own, taken with the first that is there. */
interface RocketmqSettings {
  /** Undefined: where the service listens. */
  readonly host: string | undefined;
  /** Of the first instance; others take the next free ones. 0 takes free ones. */
  readonly port: number;
  /** `host:port` that clients of the first port are told, those of the next port the next one; where these differ. */
  readonly advertised: string | undefined;
}

/** Addresses and ranges such as `10.0.0.0/8`. */
interface OutboundSettings {
  /** Internal ones that may be connected to although other machines reach the service. */
  readonly allow: readonly string[];
  /** Never connected to. */
  readonly deny: readonly string[];
}

/** The account as the number that some answers publish; undefined where a number does not hold it. */
export function accountNumber({ accountId }: Pick<Settings, "accountId">): number | undefined {
  const number = Number(accountId);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A key pair the service knows from its settings. */
export interface KeyOption {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly rights: "all" | "readOnly";
  readonly active: boolean;
}

/** Everything one service process is started with: what the rooms see (`Settings`) and what only the server needs. */
export interface ServiceOptions extends Settings {
  /** 0 takes a free port. */
  readonly port: number;
  /** Empty means the default key pair, which is good on loopback only. */
  readonly keys: readonly KeyOption[];
  /** Asked for by `/_service/` when the service listens beyond loopback. */
  readonly serviceToken: string | undefined;
  /** Further Host names that the service answers to; loopback names and the products' published hosts always are. */
  readonly hosts: readonly string[];
  /** Web pages that may call the products, by origin; needs keys of one's own. */
  readonly origins: readonly string[];
  /** Allows `/_service/clock` to move the clock. */
  readonly testClock: boolean;
  readonly logLevel: LogLevel;
  /** Seed file, by path. */
  readonly seedPath: string | undefined;
  /** File with the vault's key; default `vault.key` in the data folder. */
  readonly vaultKeyPath: string | undefined;
  readonly limits: ServerLimits;
}

/** What holds when nothing is said: loopback, everything in memory, waits as published. */
export const defaultOptions: ServiceOptions = {
  region: "cn-hangzhou",
  accountId: "1000000000000001",
  waitScale: 1,
  outbound: { allow: [], deny: [] },
  sourceInstances: {},
  sourceTls: { mode: "prefer", ca: undefined },
  kafka: { host: undefined, port: LOCAL_KAFKA_PORT, advertised: undefined, public: undefined },
  rocketmq: { host: undefined, port: LOCAL_ROCKETMQ_PORT, advertised: undefined },
  rooms: {},
  host: LOCAL_HOST,
  port: LOCAL_PORT,
  dataFolder: undefined,
  keys: [],
  serviceToken: undefined,
  hosts: [],
  origins: [],
  testClock: false,
  logLevel: "info",
  seedPath: undefined,
  vaultKeyPath: undefined,
  limits: serverLimits,
};
