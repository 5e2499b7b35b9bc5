import type { Socket } from "node:net";
import type { SourceTls } from "../../core/settings/service-options.ts";
import type { JobConfiguration } from "../entities.ts";
import type { SourceTarget } from "./source.ts";

/** Why an item failed and what mends it. */
export interface Fault {
  readonly reason: string;
  readonly repair: string;
}

/** What a check of one engine gets. `password` is in clear here and nowhere else. */
export interface Probe {
  readonly target: SourceTarget;
  readonly configuration: JobConfiguration;
  readonly database: string;
  readonly password: string | undefined;
  /** Opens the connection to the target, as the settings allow it. */
  connect(): Promise<Socket>;
  readonly tls: SourceTls;
  /** Records one item; false when it failed, and then the rest makes no sense. */
  item(name: string, description: string, fault: Fault | undefined): boolean;
}

/** Objects may be regular expressions; only plain names can be looked up. */
export function plain(name: string): boolean {
  return /^[\p{L}\p{N}_$-]+$/u.test(name);
}
