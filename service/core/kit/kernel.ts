import type { Settings } from "../settings/service-options.ts";
import type { Store } from "../store/store.ts";
import type { Vault } from "../store/vault.ts";
import type { Clock, Random } from "./clock.ts";
import type { Logger } from "./log.ts";
import type { Ports } from "./ports.ts";

/** What every room and every handler may use. */
export interface Kernel {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: Store;
  readonly vault: Vault;
  readonly ports: Ports;
  readonly log: Logger;
  readonly settings: Settings;
  /** Tells this data folder from every other one. */
  readonly serviceId: string;
}
