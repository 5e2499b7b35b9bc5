import type { Goal, Row } from "./types.ts";

/** The middle value, or the mean of the two in the middle. Throws on an empty list. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError("no samples to take a median of");
  const sorted = [...values].sort((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const high = sorted[upper] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[upper - 1] ?? Number.NaN) + high) / 2;
}

/** The smallest value that `percent` (0 to 100) of the values do not exceed. Throws on an empty list. */
export function percentile(values: readonly number[] | Float64Array, percent: number): number {
  if (values.length === 0) throw new RangeError("no samples to take a percentile of");
  const sorted = Float64Array.from(values).sort();
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] ?? Number.NaN;
}

/** A row from raw samples: medians, their ratio, and whether the goal is reached. */
export function row(figures: {
  what: string;
  unit: string;
  ours: readonly number[];
  against?: string;
  floor?: readonly number[];
  goal?: Goal;
}): Row {
  const ours = median(figures.ours);
  const floor = figures.floor && figures.floor.length > 0 ? median(figures.floor) : undefined;
  const ratio = floor === undefined ? undefined : ours / floor;
  const judged = figures.goal?.of === "ratio" ? ratio : ours;
  if (figures.goal && judged === undefined) {
    throw new RangeError(`${figures.what}: a goal on the ratio needs a floor`);
  }
  return {
    what: figures.what,
    unit: figures.unit,
    ours,
    oursSamples: figures.ours,
    ...(figures.against === undefined ? {} : { against: figures.against }),
    ...(floor === undefined ? {} : { floor, floorSamples: figures.floor, ratio }),
    ...(figures.goal ? { goal: figures.goal, reached: meets(figures.goal, judged ?? Number.NaN) } : {}),
  };
}

function meets(goal: Goal, value: number): boolean {
  return goal.kind === "atMost" ? value <= goal.value : value >= goal.value;
}
