import type { GroupPlace, MessagingBackend } from "./backend.ts";
import type { MessagingLimits } from "./limits.ts";

/** A message that a push consumer has: kept hidden for it until it is done, or gone. */
interface HeldMessage {
  readonly clientId: string;
  readonly place: GroupPlace;
  /** As the client knows it. */
  readonly handle: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** As the backend knows it. */
  current: string;
  readonly sinceMs: number;
  renewAtMs: number;
  renewing: Promise<void> | undefined;
}

interface HeldOptions {
  readonly backend: Pick<MessagingBackend, "changeInvisible">;
  readonly limits: Pick<MessagingLimits, "renewedMs" | "renewAheadMs" | "renewingMsMax" | "heldMax">;
  readonly now: () => number;
}

type NewlyHeld = Pick<HeldMessage, "clientId" | "place" | "handle" | "attempt">;

/** What a client that goes had is there for others so soon. */
const GIVEN_BACK_MS = 1_000;
const RENEWED_AT_ONCE_MAX = 64;

/**
 * Messages that were handed out with the wish to be kept hidden as long as their client is there. Its handle counts all the
 * time, though the backend's changes with each renewal.
 */
export class Held {
  readonly #options: HeldOptions;
  /** By the client's handle; the one to be renewed next comes first. */
  readonly #byHandle = new Map<string, HeldMessage>();
  readonly #byClient = new Map<string, Set<HeldMessage>>();
  #isSweeping = false;

  constructor(options: HeldOptions) {
    this.#options = options;
  }

  add(message: NewlyHeld): void {
    const { limits, now } = this.#options;
    if (this.#byHandle.size >= limits.heldMax) return;
    const sinceMs = now();
    const renewAtMs = sinceMs + limits.renewedMs - limits.renewAheadMs;
    const held = { ...message, current: message.handle, sinceMs, renewAtMs, renewing: undefined };
    this.#byHandle.set(message.handle, held);
    const ofClient = this.#byClient.get(message.clientId) ?? new Set();
    this.#byClient.set(message.clientId, ofClient.add(held));
  }

  /** Ends the renewals of a message. The handle that the backend knows it by, and what is known of it where it was held. */
  async take(
    { group, topic }: GroupPlace,
    handle: string,
  ): Promise<{ readonly handle: string; readonly attempt?: number }> {
    const held = this.#byHandle.get(handle);
    // A handle of another group ends nothing.
    if (!held || held.place.group !== group || held.place.topic !== topic) return { handle };
    this.#forget(held);
    await held.renewing;
    return { handle: held.current, attempt: held.attempt };
  }

  /** Gives back what a client had that has gone. */
  drop(clientId: string): void {
    for (const held of this.#byClient.get(clientId) ?? []) {
      this.#forget(held);
      void Promise.resolve(held.renewing).then(() => this.#hide(held, GIVEN_BACK_MS));
    }
  }

  /** To be called every second or so. */
  async sweep(): Promise<void> {
    if (this.#isSweeping) return;
    this.#isSweeping = true;
    const now = this.#options.now();
    const due: HeldMessage[] = [];
    for (const held of this.#byHandle.values()) {
      if (held.renewAtMs > now) break;
      due.push(held);
    }
    for (let at = 0; at < due.length; at += RENEWED_AT_ONCE_MAX)
      await Promise.all(due.slice(at, at + RENEWED_AT_ONCE_MAX).map((held) => this.#renew(held, now)));
    this.#isSweeping = false;
  }

  async #renew(held: HeldMessage, now: number): Promise<void> {
    const { renewedMs, renewAheadMs, renewingMsMax } = this.#options.limits;
    if (!this.#byHandle.delete(held.handle)) return;
    if (now - held.sinceMs > renewingMsMax) return this.#forget(held);
    held.renewAtMs = now + renewedMs - renewAheadMs;
    this.#byHandle.set(held.handle, held);
    held.renewing = this.#hide(held, renewedMs);
    await held.renewing;
    held.renewing = undefined;
  }

  /** A message that cannot be renewed comes to another client in time: nothing is lost. */
  async #hide(held: HeldMessage, invisibleMs: number): Promise<void> {
    const { place, current } = held;
    const next = await this.#options.backend
      .changeInvisible(place, current, invisibleMs)
      .catch(() => current);
    if (next === undefined) this.#forget(held);
    else held.current = next;
  }

  #forget(held: HeldMessage): void {
    this.#byHandle.delete(held.handle);
    const ofClient = this.#byClient.get(held.clientId);
    ofClient?.delete(held);
    if (ofClient?.size === 0) this.#byClient.delete(held.clientId);
  }
}
