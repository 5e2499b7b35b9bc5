/** The service's settings after defaults, settings file, environment and flags are merged. */
export interface Settings {
  /** Region answered for when a call carries none. Default `cn-hangzhou`. */
  readonly region: string;
  readonly accountId: string;
  /** Where the service listens. */
  readonly host: string;
  /** Which addresses the service may connect to; see `outbound.ts`. */
  readonly outbound: OutboundSettings;
  /** Multiplies every wait of the engines; 1 is as published, 0 in tests. */
  readonly waitScale: number;
  /** Source instance ids that stand for a reachable address, e.g. `rm-1` -> `{ host, port }`. */
  readonly sourceInstances: Readonly<Record<string, { host: string; port: number }>>;
  /** Free-form room settings, by room name. */
  readonly rooms: Readonly<Record<string, unknown>>;
}

/** Addresses and ranges such as `10.0.0.0/8`. */
export interface OutboundSettings {
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
