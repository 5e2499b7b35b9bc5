import type { Kernel } from "../../../core/kit/kernel.ts";
import type { FigurePoint, FiguresPort } from "../../../core/kit/ports.ts";
import { dtsStore } from "../../store.ts";
import { delayMsOf } from "../standing.ts";
import type { Plane } from "./plane.ts";

const LARGE_ROW = "ChangeTrackingLargeRow";
const SAMPLE_EVERY_MS = 60_000;
/** A question finds a sample that is not older. */
const FRESH_MS = 15_000;
/** The oldest are given up beyond this. */
const POINTS_MAX = 50_000;

interface Point extends FigurePoint {
  readonly metric: string;
}

/** What alert rules and metric queries read of captures and their groups: sampled each minute, kept in memory. */
export class Figures implements FiguresPort {
  readonly namespace = "acs_dts";
  readonly #kernel: Kernel;
  readonly #plane: Plane;
  readonly #points: Point[] = [];
  readonly #timer: NodeJS.Timeout;
  #sampledAtMs = 0;

  constructor(kernel: Kernel, plane: Plane) {
    this.#kernel = kernel;
    this.#plane = plane;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MS);
    this.#timer.unref();
  }

  points(metric: string, fromMs: number, toMs: number): readonly FigurePoint[] {
    if (this.#kernel.clock.now() - this.#sampledAtMs > FRESH_MS) this.#sample();
    const points = metric === LARGE_ROW ? this.#largeRows() : this.#points;
    return points.filter(
      (point) => point.metric === metric && point.timestampMs > fromMs && point.timestampMs <= toMs,
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    if (!this.#plane.threads.isWanted) return;
    const now = this.#kernel.clock.now();
    this.#sampledAtMs = now;
    const store = dtsStore(this.#kernel.store);
    for (const job of store.jobs()) {
      const { instanceId } = job;
      const range = this.#plane.range(job);
      const delayMs = range && delayMsOf(range, now);
      if (delayMs === undefined) continue;
      this.#add("ChangeTrackingDelay", now, { instanceId }, delayMs);
      for (const group of store.groups(job.jobId)) {
        const activity = this.#plane.consumption.activity(group);
        const dimensions = { instanceId, groupId: group.groupId };
        this.#add("ConsumerGroupLag", now, dimensions, activity?.accumulatedMessages ?? 0);
        this.#add("ConsumerGroupDelay", now, dimensions, (activity?.delaySeconds ?? 0) * 1000);
      }
    }
  }

  #largeRows(): Point[] {
    return this.#plane.largeRows.recent.flatMap(({ captureId, bytes, atMs }) => {
      const instanceId = this.#plane.jobOf(captureId)?.instanceId;
      const point = { metric: LARGE_ROW, timestampMs: atMs, value: bytes };
      return instanceId === undefined ? [] : [{ ...point, dimensions: { instanceId } }];
    });
  }

  #add(
    metric: string,
    timestampMs: number,
    dimensions: Readonly<Record<string, string>>,
    value: number,
  ): void {
    this.#points.push({ metric, timestampMs, dimensions, value });
    if (this.#points.length > POINTS_MAX) this.#points.splice(0, POINTS_MAX / 10);
  }
}
