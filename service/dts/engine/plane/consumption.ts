import type { Kernel } from "../../../core/kit/kernel.ts";
import type { GroupActivity } from "../../../core/kit/ports.ts";
import type { GroupSession, KafkaPrincipal } from "../../../kafka/backend.ts";
import type { LogRange } from "../../../log/log.ts";
import type { Group, Position } from "../../entities.ts";
import { dtsStore } from "../../store.ts";
import type { Commit } from "../../threads/messages.ts";

const WINDOW_MS = 60_000;
/** Between two samples of how far a group has read. */
const SAMPLE_MS = 1_000;

interface Sample {
  readonly atMs: number;
  readonly offset: number;
}

interface Reader {
  session?: GroupSession;
  /** Of the last minute, oldest first. */
  samples: Sample[];
}

/** Who reads what, and how far they have come: positions are stored, the rest lives as long as the log thread. */
export class Consumption {
  readonly #kernel: Kernel;
  readonly #rangeOf: (captureId: string) => LogRange | undefined;
  readonly #readers = new Map<string, Reader>();

  constructor(kernel: Kernel, rangeOf: (captureId: string) => LogRange | undefined) {
    this.#kernel = kernel;
    this.#rangeOf = rangeOf;
  }

  /** A user is `<account>-<group id>`. */
  authenticate(user: string, password: string): KafkaPrincipal | undefined {
    const at = user.lastIndexOf("-");
    if (at < 0) return undefined;
    const [account, groupId] = [user.slice(0, at), user.slice(at + 1)];
    const tracking = this.#kernel.ports.find("tracking");
    if (!tracking?.authenticate(groupId, account, password)) return undefined;
    const topic = tracking.group(groupId)?.topic;
    return topic ? { user, groupId, topic } : undefined;
  }

  topicOf(groupId: string): string | undefined {
    return this.#kernel.ports.find("tracking")?.group(groupId)?.topic || undefined;
  }

  committed(groupId: string, topic: string) {
    const position = dtsStore(this.#kernel.store).position(groupId);
    if (position?.topic !== topic) return undefined;
    return { offset: position.nextOffset, metadata: position.metadata };
  }

  /** Durable when it returns. What a group committed that has just been deleted is dropped with it. */
  commit(commits: readonly Commit[]): void {
    const store = dtsStore(this.#kernel.store);
    const committedAtMs = this.#kernel.clock.now();
    this.#kernel.store.transaction(() => {
      for (const { groupId, topic, offset, metadata, seconds = null } of commits) {
        const group = store.group(groupId);
        if (!group) continue;
        const { jobId } = group;
        // Of a log that was lost: the one that is kept now begins behind it.
        const nextOffset = Math.max(offset, store.job(jobId)?.capture?.firstOffset ?? 0);
        store.putPosition({ groupId, jobId, topic, nextOffset, metadata, seconds, committedAtMs });
        this.#sample(groupId, nextOffset);
      }
    });
  }

  /** What is told of a group that has just been deleted is dropped as well. */
  observe(groupId: string, session: GroupSession): void {
    if (!dtsStore(this.#kernel.store).group(groupId)) return;
    this.#reader(groupId).session = session;
    if (session.fetchedOffset !== undefined) this.#sample(groupId, session.fetchedOffset);
  }

  sessionOf(groupId: string): GroupSession | undefined {
    return this.#readers.get(groupId)?.session;
  }

  forget(groupId: string): void {
    this.#readers.delete(groupId);
  }

  /** Nobody is connected any more. */
  forgetSessions(): void {
    this.#readers.clear();
  }

  /** Undefined for a group of a job that is not captured here. */
  activity(group: Group): GroupActivity | undefined {
    const store = dtsStore(this.#kernel.store);
    const captureId = store.job(group.jobId)?.capture?.id;
    if (captureId === undefined) return undefined;
    const session = this.sessionOf(group.groupId);
    const position = store.position(group.groupId);
    const range = this.#rangeOf(captureId);
    const unread = range ? unreadOf(range, position, session) : 0;
    const lastConsumedAtMs = session?.fetchedAtMs ?? position?.committedAtMs;
    return {
      connectedClients: session?.clients.length ?? 0,
      accumulatedMessages: unread,
      consumedPerMinute: this.#perMinute(group.groupId),
      ...(lastConsumedAtMs === undefined ? {} : { lastConsumedAtMs }),
      ...(position?.seconds ? { consumedUntilMs: position.seconds * 1000 } : {}),
      delaySeconds: range && unread > 0 ? delayOf(range, position) : 0,
      clients: (session?.clients ?? []).map(({ clientId, address, connectedAtMs, software, version }) => ({
        clientId,
        address,
        connectedAtMs,
        ...(software === undefined ? {} : { language: software }),
        ...(version === undefined ? {} : { version }),
      })),
    };
  }

  #reader(groupId: string): Reader {
    const known = this.#readers.get(groupId);
    if (known) return known;
    const reader: Reader = { samples: [] };
    this.#readers.set(groupId, reader);
    return reader;
  }

  #sample(groupId: string, offset: number): void {
    const { samples } = this.#reader(groupId);
    const atMs = this.#kernel.clock.now();
    const last = samples.at(-1);
    if (last && atMs - last.atMs < SAMPLE_MS && samples.length > 1) samples.pop();
    samples.push({ atMs, offset });
    while (samples.length > 2 && atMs - (samples[1]?.atMs ?? 0) > WINDOW_MS) samples.shift();
  }

  #perMinute(groupId: string): number {
    const samples = this.#readers.get(groupId)?.samples ?? [];
    const sinceMs = this.#kernel.clock.now() - WINDOW_MS;
    const recent = samples.filter(({ atMs }) => atMs >= sinceMs);
    const [first, last] = [recent[0], recent.at(-1)];
    return first && last ? Math.max(0, last.offset - first.offset) : 0;
  }
}

/** A client that keeps its position itself commits none; then what was sent to it counts. */
function unreadOf(range: LogRange, position: Position | undefined, session: GroupSession | undefined) {
  const next = position?.nextOffset ?? session?.fetchedOffset ?? range.startOffset;
  return Math.max(0, range.endOffset - Math.max(next, range.startOffset));
}

function delayOf({ firstSeconds = 0, lastSeconds = 0 }: LogRange, position: Position | undefined): number {
  return Math.max(0, lastSeconds - Math.max(position?.seconds ?? firstSeconds, firstSeconds));
}
