import type { Peer } from "../peer.ts";

export type ReadingMode = "ASSIGN" | "SUBSCRIBE";

interface Reader {
  readonly peer: Peer;
  /** As it last asked. */
  mode: ReadingMode;
  /** When it last asked, or was last answered. */
  seenAtMs: number;
  isAsking: boolean;
}

/** `granted`: it reads. `undecided`: nothing is sent yet, and nothing is refused. */
export type Turn = "granted" | "undecided" | "refused";

/**
 * Which connection reads as a group: one. It keeps the turn while it is open and has asked within the time-out.
 *
 * Another connection may be a second client, or the same client that moved to a new connection and left the old one open.
 * A client with another name or from another machine is a second one, and refused. Else nothing tells them apart but what
 * the first does next: when it asks again, it lives, and the other is a second client. Until then the other is answered
 * with nothing, which costs it neither its position nor an error, and it has the turn when the first one's time is over.
 */
export class ReadingTurn {
  readonly #readerMsMax: number;
  #reader: Reader | undefined;
  /** A subscriber whose time was over, though its membership may live. */
  #before: Reader | undefined;
  readonly #undecided = new Set<Peer>();
  readonly #refused = new WeakSet<Peer>();
  #refusedCount = 0;

  constructor(readerMsMax: number) {
    this.#readerMsMax = readerMsMax;
  }

  /** Connections that were turned away, each counted once. */
  get refusedCount(): number {
    return this.#refusedCount;
  }

  reader(nowMs: number): Reader | undefined {
    const reader = this.#reader;
    if (!reader?.peer.isOpen) return undefined;
    return reader.isAsking || nowMs - reader.seenAtMs < this.#readerMsMax ? reader : undefined;
  }

  /** Whether a client that may be the reader itself was seen beside it and has not gone. */
  get isContested(): boolean {
    return [...this.#undecided].some((peer) => peer.isOpen);
  }

  ask(peer: Peer, mode: ReadingMode, nowMs: number): Turn {
    const reader = this.reader(nowMs);
    if (reader?.peer === peer) {
      this.#refuseUndecided();
    } else if (reader && this.#isBack(peer, mode)) {
      this.refuse(reader.peer);
      this.#take(peer, mode, nowMs);
      this.#before = undefined;
    } else if (reader) {
      if (reader.peer.mayBe(peer) && !this.#refused.has(peer)) return this.#doubt(peer);
      return this.refuse(peer);
    } else {
      this.#take(peer, mode, nowMs);
    }
    const current = this.#reader as Reader;
    current.mode = mode;
    current.seenAtMs = nowMs;
    current.isAsking = true;
    return "granted";
  }

  answered(peer: Peer, nowMs: number): void {
    if (this.#reader?.peer !== peer) return;
    this.#reader.seenAtMs = nowMs;
    this.#reader.isAsking = false;
  }

  refuse(peer: Peer): Turn {
    if (!this.#refused.has(peer)) this.#refusedCount += 1;
    this.#refused.add(peer);
    return "refused";
  }

  /** The reader has said that it is done. */
  leave(): void {
    this.#reader = undefined;
    this.#before = undefined;
  }

  #take(peer: Peer, mode: ReadingMode, nowMs: number): void {
    this.#before = this.#reader?.mode === "SUBSCRIBE" ? this.#reader : undefined;
    this.#reader = { peer, mode, seenAtMs: nowMs, isAsking: true };
    this.#undecided.delete(peer);
  }

  /** A subscriber that was busy for long comes back while it is still a member: the one that took its turn was no move. */
  #isBack(peer: Peer, mode: ReadingMode): boolean {
    return mode === "SUBSCRIBE" && this.#before?.peer === peer;
  }

  #doubt(peer: Peer): Turn {
    if (!this.#undecided.has(peer)) {
      this.#undecided.add(peer);
      peer.onClose(() => void this.#undecided.delete(peer));
    }
    return "undecided";
  }

  #refuseUndecided(): void {
    for (const peer of this.#undecided) this.refuse(peer);
  }
}
