import type { Statistic } from "../../../contract/cms/metrics.ts";
import type { Resource } from "../../../contract/limits/cms.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { FigurePoint } from "../../core/kit/ports.ts";

/** What is asked for: points with `fromMs < timestamp <= toMs`, put together by period. */
interface FiguresQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
  /** Empty for all. */
  readonly resources: readonly Resource[];
  readonly statistics: readonly Statistic[];
}

/** One period of one resource, as published. */
type Datapoint = Readonly<Record<string, string | number>>;

/** Oldest first; empty while no room has figures. */
export function datapoints(kernel: Kernel, query: FiguresQuery, userId: string): Datapoint[] {
  const buckets = new Map<string, FigurePoint[]>();
  const periodMs = query.periodSeconds * 1000;
  for (const point of pointsOf(kernel, query)) {
    const start = Math.floor(point.timestampMs / periodMs) * periodMs;
    const key = JSON.stringify([start, Object.entries(point.dimensions).sort()]);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(point);
    else buckets.set(key, [{ ...point, timestampMs: start }]);
  }
  return [...buckets.values()]
    .map((points) => datapoint(points, query.statistics, userId))
    .sort((a, b) => Number(a.timestamp) - Number(b.timestamp));
}

/** The newest datapoint of each resource. */
export function lastOfEach(points: readonly Datapoint[], dimensions: readonly string[]): Datapoint[] {
  const newest = new Map<string, Datapoint>();
  for (const point of points) newest.set(JSON.stringify(dimensions.map((name) => point[name])), point);
  return [...newest.values()];
}

function pointsOf(kernel: Kernel, query: FiguresQuery): FigurePoint[] {
  return kernel.ports
    .all("figures")
    .filter((port) => port.namespace === query.namespace)
    .flatMap((port) => port.points(query.metric, query.fromMs, query.toMs))
    .filter(({ timestampMs }) => timestampMs > query.fromMs && timestampMs <= query.toMs)
    .filter((point) => query.resources.length === 0 || query.resources.some((one) => isOf(point, one)));
}

function isOf(point: FigurePoint, resource: Resource): boolean {
  return Object.entries(resource).every(
    ([name, value]) => name === "userId" || name === "resource" || point.dimensions[name] === value,
  );
}

function datapoint(
  points: readonly FigurePoint[],
  statistics: readonly Statistic[],
  userId: string,
): Datapoint {
  const values = points.map((point) => point.value);
  const sum = values.reduce((total, value) => total + value, 0);
  const by: Record<Statistic, number> = {
    Average: sum / values.length,
    Maximum: values.reduce((a, b) => Math.max(a, b)),
    Minimum: values.reduce((a, b) => Math.min(a, b)),
    Sum: sum,
    Value: values.at(-1) ?? 0,
  };
  return {
    timestamp: points[0]?.timestampMs ?? 0,
    userId,
    ...points[0]?.dimensions,
    ...Object.fromEntries(statistics.map((name) => [name, by[name]])),
  };
}
