import type { ServerLimits } from "../http/server-limits.ts";
import type { LogLevel } from "../json-log.ts";
import type { Settings } from "./settings.ts";

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
  /** Undefined keeps everything in memory. */
  readonly dataFolder: string | undefined;
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
