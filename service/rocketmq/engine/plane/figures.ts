import type { Kernel } from "../../../core/kit/kernel.ts";
import type { FigurePoint, FiguresPort } from "../../../core/kit/ports.ts";
import type { GroupFigures, InstanceFigures, SubscriptionFigures } from "../../broker/figures.ts";
import { settingsOf } from "../../settings.ts";
import { rocketmqStore } from "../../store.ts";
import { delayOf } from "./activity.ts";
import type { MessagePlane } from "./plane.ts";

const SAMPLE_EVERY_MS = 60_000;
/** A question finds a sample that is not older. */
const FRESH_MS = 15_000;
/** The oldest are given up beyond this. */
const POINTS_MAX = 50_000;

type Dimensions = Readonly<Record<string, string>>;

interface Point extends FigurePoint {
  readonly metric: string;
}

/** What alert rules and metric queries read of topics and groups: sampled each minute, kept in memory. */
export class MessageFigures implements FiguresPort {
  readonly namespace = "acs_rocketmq";
  readonly #kernel: Kernel;
  readonly #plane: MessagePlane;
  readonly #points: Point[] = [];
  /** What had been counted at the last sample, by metric and what it is of. */
  #counted = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #sampledAtMs = 0;

  constructor(kernel: Kernel, plane: MessagePlane) {
    this.#kernel = kernel;
    this.#plane = plane;
    this.#timer = setInterval(() => this.#sample(), SAMPLE_EVERY_MS);
    this.#timer.unref();
  }

  points(metric: string, fromMs: number, toMs: number): readonly FigurePoint[] {
    if (this.#kernel.clock.now() - this.#sampledAtMs > FRESH_MS) this.#sample();
    return this.#points.filter(
      (point) => point.metric === metric && point.timestampMs > fromMs && point.timestampMs <= toMs,
    );
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #sample(): void {
    if (!this.#plane.isWanted) return;
    const nowMs = this.#kernel.clock.now();
    this.#sampledAtMs = nowMs;
    const before = this.#counted;
    this.#counted = new Map();
    for (const { instanceId } of rocketmqStore(this.#kernel.store).instances()) {
      const figures = this.#plane.figures(instanceId);
      if (figures) this.#instance(figures, nowMs, before);
    }
  }

  #instance(
    { instanceId, topics, groups, producers }: InstanceFigures,
    nowMs: number,
    before: Map<string, number>,
  ): void {
    const add = (metric: string, dimensions: Dimensions, value: number) =>
      this.#points.push({ metric, timestampMs: nowMs, dimensions, value });
    const count = (metric: string, dimensions: Dimensions, total: number) => {
      const key = `${metric} ${JSON.stringify(dimensions)}`;
      this.#counted.set(key, total);
      // One that is smaller than before is of a thread that began anew.
      const last = before.get(key) ?? 0;
      add(metric, dimensions, total < last ? total : total - last);
    };
    for (const { topic, sent } of topics) count("SendMessageCountPerTopic", { instanceId, topic }, sent);
    count(
      "SendMessageCountPerInstance",
      { instanceId },
      sum(topics, ({ sent }) => sent),
    );
    const all = groups.flatMap((group) => group.topics);
    for (const topic of new Set(all.map((one) => one.topic))) {
      const own = all.filter((one) => one.topic === topic);
      count(
        "ReceiveMessageCountPerTopic",
        { instanceId, topic },
        sum(own, ({ received }) => received),
      );
    }
    count(
      "ReceiveMessageCountPerInstance",
      { instanceId },
      sum(all, ({ received }) => received),
    );
    count(
      "ThrottledReceiveRequestsPerInstance",
      { instanceId },
      sum(groups, ({ throttled }) => throttled),
    );
    add("InstanceOnlineClients", { instanceId }, producers + sum(groups, ({ clients }) => clients.length));
    add("MessageRetentionPeriod", { instanceId }, settingsOf(this.#kernel).retention.hours);
    for (const group of groups) {
      if (group.topics.length > 0)
        groupFigures(group, { instanceId, groupId: group.group }, nowMs, add, count);
    }
    if (this.#points.length > POINTS_MAX) this.#points.splice(0, this.#points.length - POINTS_MAX);
  }
}

type Tell = (metric: string, dimensions: Dimensions, value: number) => void;

function groupFigures(
  group: GroupFigures,
  dimensions: Dimensions,
  nowMs: number,
  add: Tell,
  count: Tell,
): void {
  const { topics, throttled } = group;
  const figures = (suffix: string, of: readonly SubscriptionFigures[], at: Dimensions) => {
    const oldest = Math.max(...of.map((one) => delayOf(one, nowMs)));
    add(
      `ConsumerLag${suffix}`,
      at,
      sum(of, ({ ready, inflight }) => ready + inflight),
    );
    add(`ConsumerLagLatencyPerGid${suffix.slice("PerGid".length)}`, at, oldest);
    add(
      `ReadyMessages${suffix}`,
      at,
      sum(of, ({ ready }) => ready),
    );
    add(`ReadyMessageQueueTime${suffix}`, at, oldest);
    count(
      `ReceiveMessageCountPerGid${suffix.slice("PerGid".length)}`,
      at,
      sum(of, ({ received }) => received),
    );
    count(
      `SendDLQMessageCountPerGid${suffix.slice("PerGid".length)}`,
      at,
      sum(of, ({ deadLettered }) => deadLettered),
    );
  };
  figures("", topics, dimensions);
  for (const topic of topics) figures("PerGidTopic", [topic], { ...dimensions, topic: topic.topic });
  count("ThrottledReceiveRequestsPerGid", dimensions, throttled);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
