import { setTimeout as sleep } from "node:timers/promises";
import type { TailWish } from "./tail-arguments.ts";
import { type Change, lineOf } from "./tail-text.ts";

/** Between two questions when there is nothing new. */
const IDLE_MS = 250;
/** How long a service that has gone, or restarts, is waited for. */
const GONE_MS_MAX = 30_000;
const ANSWER_MS_MAX = 30_000;

interface Page {
  readonly instance: string;
  readonly status: string;
  readonly errorMessage?: string;
  readonly notes: readonly string[];
  /** How far the source was read, in its own words. */
  readonly position?: string;
  readonly lagSeconds?: number;
  readonly next: { readonly log: string; readonly offset: number };
  readonly lost: number;
  readonly isNewLog: boolean;
  readonly changes: readonly Change[];
}

interface TailOutput {
  /** Resolves when there is room for more. */
  line(text: string): Promise<void>;
  /** What is no change: for the person who looks. */
  note(text: string): void;
}

/** The service cannot be reached, or not now. */
class UnreachableError extends Error {}

/**
 * Prints the changes of an instance until the signal is raised. Rejects with what the service refuses, and when it cannot be
 * reached: at once the first time, later after half a minute.
 */
export async function tail(wish: TailWish, out: TailOutput, signal: AbortSignal): Promise<void> {
  const { instance, group, account, fromSeconds } = wish;
  let next: Page["next"] | undefined;
  const teller = new Teller(out, wish);
  let goneSince: number | undefined;
  while (!signal.aborted) {
    const asked = next ? { instance, next } : { instance, group, account, fromSeconds };
    const page = await ask(wish, asked, signal).catch(async (error: Error) => {
      if (signal.aborted) return undefined;
      const isWaited = next !== undefined && error instanceof UnreachableError;
      goneSince ??= Date.now();
      if (!isWaited || Date.now() - goneSince > GONE_MS_MAX) throw error;
      await pause(IDLE_MS, signal);
      return undefined;
    });
    if (!page) continue;
    goneSince = undefined;
    teller.page(page);
    for (const change of page.changes) await out.line(wish.json ? JSON.stringify(change) : lineOf(change));
    // A page may be full of what is not shown, such as heartbeats: only where nothing at all has come is the end.
    const isEnd = next !== undefined && !page.isNewLog && page.next.offset === next.offset;
    next = page.next;
    if (!isEnd) continue;
    teller.end(page);
    await pause(IDLE_MS, signal);
  }
}

/** Tells the person who looks what is no change: each thing once. */
class Teller {
  readonly #note: TailOutput["note"];
  readonly #isFromNow: boolean;
  #state = "";
  #notes = "";
  #isAtEnd = false;

  constructor({ note }: TailOutput, { fromSeconds, group }: TailWish) {
    this.#note = note;
    this.#isFromNow = fromSeconds === undefined && group === undefined;
  }

  page({ instance, status, errorMessage, notes, isNewLog, lost }: Page): void {
    if (isNewLog) this.#note(`${instance} was reset or lost its log: what follows is captured anew.`);
    if (lost > 0) this.#note(`${lost} records are missing here: they are not kept any more.`);
    const reason = errorMessage === undefined ? "" : `: ${errorMessage}`;
    const state = status === "Normal" ? "" : `${instance} is ${status}${reason}`;
    if (state !== this.#state) this.#note(state === "" ? `${instance} is Normal again.` : state);
    this.#state = state;
    // A capture in trouble has none; those it had hold when it is back.
    if (notes.length === 0 || notes.join() === this.#notes) return;
    this.#notes = notes.join();
    for (const note of notes) this.#note(`Note: ${note}`);
  }

  end({ instance, position, lagSeconds }: Page): void {
    if (!this.#isAtEnd) {
      const behind = lagSeconds === undefined ? "" : `, ${lagSeconds} s behind`;
      const standing = position === undefined ? "" : `; its source was read up to ${position}${behind}`;
      const hint = this.#isFromNow ? "; --from shows earlier ones" : "";
      this.#note(`Waiting for changes of ${instance}${standing}${hint}.`);
    }
    this.#isAtEnd = true;
  }
}

async function ask({ url, token }: TailWish, body: object, signal: AbortSignal): Promise<Page> {
  const bound = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS_MAX)]);
  const response = await fetch(`${url}/_service/rooms/dts/changes`, {
    method: "POST",
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
    signal: bound,
  }).catch((error: Error) => {
    throw unreachable(url, error);
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as Page;
  const { code, message } =
    (answer as { error?: { code: string; message: string } } | undefined)?.error ?? {};
  if (code === undefined)
    throw new Error(`${url} is no change-tracking-service: it answered with status ${response.status}`);
  if (response.status === 503) throw new UnreachableError(`${message} (${code})`);
  throw new Error(`${message} (${code})`);
}

function unreachable(url: string, error: Error): UnreachableError {
  const cause = (error.cause ?? error) as { code?: string; message: string };
  const code = cause.code ?? cause.message;
  return new UnreachableError(
    `nothing answers at ${url} (${code}); start it with npx change-tracking-service, or say where it runs by --url`,
    { cause: error },
  );
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
