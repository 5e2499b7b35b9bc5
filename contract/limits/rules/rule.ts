/** Where a rule is written down. */
export type RuleSource = "DTS" | "MQ" | "RMQ" | "IOT" | "API" | "TF" | "own";

/** One documented limit or rule and where it is held. */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  readonly sources: readonly RuleSource[];
  /** What `pulumi preview` does: refuses the value, warns, or shows something; null when nothing is asked of it. */
  readonly preview: "refuse" | "warn" | "show" | null;
  /** What the service does on the wire: refuses, or answers so (`show`); null when nothing is asked of it. */
  readonly service: "refuse" | "show" | null;
  /** What clients of the data plane see; null when nothing is asked of it. */
  readonly runtime: string | null;
}

/** One line of a table: id, rule, sources, preview, service, runtime. */
export function rule(
  id: string,
  text: string,
  sources: readonly RuleSource[],
  preview: Rule["preview"],
  service: Rule["service"],
  runtime: Rule["runtime"],
): Rule {
  return { id, rule: text, sources, preview, service, runtime };
}

/** What each source is. */
export const RULE_SOURCES: Readonly<Record<RuleSource, string>> = {
  DTS: '"Create consumer groups", Data Transmission Service',
  MQ: '"Synchronize DTS change tracking data to ApsaraMQ for RocketMQ"',
  RMQ: '"Consumer Group", Apache RocketMQ 5.0',
  IOT: '"Manage consumer groups", IoT Platform',
  API: "the published parameter texts of the API",
  TF: "what the alicloud provider enforces",
  own: "chosen by this project",
};
