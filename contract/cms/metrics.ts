import type { Line, Statistic } from "./line.ts";
import {
  rocketmqGroups,
  rocketmqGroupTopics,
  rocketmqInstances,
  rocketmqTopics,
} from "./metrics-rocketmq.ts";

/** What can be watched: one metric of a product. */
export interface Metric {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** Beside `userId`, which every metric has. */
  readonly dimensions: readonly string[];
  /** The dimension that a resource must name unless the rule watches all of them (ALR-1). */
  readonly of: string;
  /** What can be compared with a threshold; the first is the usual one. */
  readonly statistics: readonly [Statistic, ...Statistic[]];
  /** True when no published name was found: the name is of this project and the cloud does not know it (ALR-4). */
  readonly local: boolean;
}

export type { Statistic } from "./line.ts";

/** Seconds between two points of every metric here: the default period of a rule (ALR-2). */
export const METRIC_PERIOD_SECONDS = 60;
/** Periods by which metrics can be queried, in seconds. */
export const QUERY_PERIODS_SECONDS = [60, 300, 900, 3600] as const;
/** Statistics that are in every line of DescribeMetricTop. */
export const TOP_STATISTICS = ["Average", "Minimum", "Maximum"] as const satisfies readonly Statistic[];
/** As published: the longest time of DescribeMetricTop in minutes, by period in seconds. */
export const TOP_RANGE_MINUTES_MAX: Readonly<Record<number, number>> = {
  15: 20,
  60: 120,
  900: 120,
  3600: 2 * 24 * 60,
};

const GROUP = ["instanceId", "groupId"] as const;
const GROUP_TOPIC = ["instanceId", "groupId", "topic"] as const;
const any = ["Average", "Maximum", "Minimum", "Sum", "Value"] as const;

/** A metric whose name the compiler knows. */
type Named<N extends string> = Omit<Metric, "name"> & { readonly name: N };

const lines = <const N extends string>(
  all: readonly Line<N>[],
  dimensions: readonly string[],
  of: string,
  local = false,
): Named<N>[] =>
  all.map(([name, title, unit, ...statistics]) => ({
    name,
    title,
    unit,
    dimensions,
    of,
    statistics: local ? any : statistics,
    local,
  }));

const iotForwarded = (["FC", "MNS", "OTS", "DATAHUB", "KAFKA"] as const).map(
  <T extends string>(target: T): Named<`MessageCountForwardedThroughRuleEngine_${T}`> => ({
    name: `MessageCountForwardedThroughRuleEngine_${target}`,
    title: `messages that data forwarding sends to ${target}`,
    unit: "count/min",
    dimensions: ["instanceId", "productKey"],
    of: "productKey",
    statistics: any,
    local: false,
  }),
);

/** The metrics of every product served here, by namespace. */
export const METRICS = {
  acs_dts: [
    ...lines(
      [
        ["ChangeTrackingDelay", "how far capture is behind the source", "ms", "Maximum"],
        ["ChangeTrackingLargeRow", "size of a row of more than 16 MB", "bytes", "Maximum"],
      ],
      ["instanceId"],
      "instanceId",
      true,
    ),
    ...lines(
      [
        ["ConsumerGroupDelay", "how far a group is behind the newest change", "ms", "Maximum"],
        ["ConsumerGroupLag", "changes that a group has not read", "count", "Sum"],
      ],
      GROUP,
      "groupId",
      true,
    ),
  ],
  acs_rocketmq: [
    ...lines(rocketmqGroups, GROUP, "groupId"),
    ...lines(rocketmqGroupTopics, GROUP_TOPIC, "groupId"),
    ...lines(rocketmqTopics, ["instanceId", "topic"], "topic"),
    ...lines(rocketmqInstances, ["instanceId"], "instanceId"),
  ],
  acs_iot: [
    ...lines(
      [
        ["ConsumerGroupAccumulatedMessages", "messages that wait for a consumer group", "count", "Maximum"],
        ["ConsumerGroupConsumptionRate", "messages that a consumer group consumes", "count/min", "Average"],
      ],
      GROUP,
      "groupId",
      true,
    ),
    ...iotForwarded,
  ],
} as const satisfies Record<string, readonly Metric[]>;

export type Namespace = keyof typeof METRICS;
export const NAMESPACES = Object.keys(METRICS) as [Namespace, ...Namespace[]];

export const NAMESPACE_TITLES: Readonly<Record<Namespace, string>> = {
  acs_dts: "Data Transmission Service",
  acs_rocketmq: "ApsaraMQ for RocketMQ",
  acs_iot: "IoT Platform",
};

/** The metrics of a namespace; undefined for one that is not served here. */
export function metricsOf(namespace: string): readonly Metric[] | undefined {
  return Object.hasOwn(METRICS, namespace) ? METRICS[namespace as Namespace] : undefined;
}

export function metricOf(namespace: string, name: string): Metric | undefined {
  return metricsOf(namespace)?.find((metric) => metric.name === name);
}
