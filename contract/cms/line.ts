export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum" | "Value";

/** A metric in its table: name, title, unit, and what can be compared with a threshold, the usual one first. */
export type Line<N extends string = string> = readonly [
  name: N,
  title: string,
  unit: string,
  ...statistics: readonly [Statistic, ...Statistic[]],
];
