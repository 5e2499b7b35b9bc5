import type { ComparisonOperator, Level } from "../../contract/limits/cms.ts";

/** The condition of one level. */
export interface Condition {
  readonly statistics: string;
  readonly comparisonOperator: ComparisonOperator;
  /** As it was sent. */
  readonly threshold: string;
  readonly times: number;
}

export interface Label {
  readonly key: string;
  readonly value: string;
}

/** A condition over several metrics, instead of the levels. */
export interface Composite {
  readonly level: string;
  readonly times: number;
  readonly expressionRaw?: string | undefined;
  readonly join?: string | undefined;
  readonly expressions: readonly {
    readonly metric: string;
    readonly comparisonOperator: ComparisonOperator;
    readonly statistics: string;
    readonly threshold: string;
    readonly periodSeconds: number;
  }[];
}

/** A condition as a PromQL query, kept and given back. */
export interface Prometheus {
  readonly promQl: string;
  readonly level?: string | undefined;
  readonly times?: number | undefined;
  readonly annotations: readonly Label[];
}

/** An alert rule. Rules, contacts and groups belong to the account, not to a region. */
export interface Rule {
  readonly ruleId: string;
  readonly name: string;
  readonly namespace: string;
  readonly metric: string;
  /** JSON text as it was sent; empty for all resources. */
  readonly resources: string;
  readonly contactGroups: readonly string[];
  /** Only the levels that were sent. */
  readonly levels: Readonly<Partial<Record<Level, Condition | undefined>>>;
  readonly composite?: Composite | undefined;
  readonly prometheus?: Prometheus | undefined;
  readonly labels: readonly Label[];
  readonly periodSeconds: number;
  readonly silenceSeconds: number;
  readonly effectiveInterval: string;
  readonly noEffectiveInterval?: string | undefined;
  readonly noDataPolicy: string;
  readonly emailSubject?: string | undefined;
  /** The callback's address, sealed by the vault: it often holds a key. */
  readonly sealedWebhook?: string | undefined;
  readonly enabled: boolean;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** What an alert does besides telling people. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  /** As it was sent, for example `["INFO"]`. */
  readonly level?: string | undefined;
  readonly jsonParams?: string | undefined;
}

/** Ways to reach a contact that have to be confirmed by the person. */
export type ConfirmedChannel = "Mail" | "SMS";

export interface Contact {
  readonly name: string;
  readonly description: string;
  readonly lang?: string | undefined;
  readonly mail?: string | undefined;
  readonly sms?: string | undefined;
  readonly aliIm?: string | undefined;
  /** Sealed by the vault: the address of a DingTalk robot holds its token. */
  readonly sealedDingWebHook?: string | undefined;
  readonly confirmed: readonly ConfirmedChannel[];
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

export interface ContactGroup {
  readonly name: string;
  readonly description: string;
  readonly contacts: readonly string[];
  readonly subscribed: boolean;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}
