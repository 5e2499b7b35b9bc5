import type { ChangePage, ChangeReaderCalls, ClaimedGroup } from "../../../core/threads/data-lines.ts";
import type { Line } from "../../../core/threads/line.ts";
import type { TaskOrder } from "./task-order.ts";

const WAIT_MS_MAX = 5_000;
/** Beyond its wait. */
const ANSWER_MS_MAX = 30_000;

/** Thrown where records that nobody has dealt with are kept no longer: going on would lose them without a word. */
export class OffsetLost extends Error {}

/** Where a task begins to read (MQ-4, MQ-5). */
export async function firstOffset(
  line: Line<ChangeReaderCalls>,
  { groupId, firstSeconds }: TaskOrder,
  { committed, startOffset, endOffset }: ClaimedGroup,
  hasConsumed: boolean,
): Promise<number> {
  if (!hasConsumed && firstSeconds !== undefined) {
    return (await line.ask("seek", { groupId, seconds: firstSeconds })).offset;
  }
  const offset = committed?.offset ?? startOffset;
  if (offset < startOffset) {
    throw new OffsetLost(
      `the recorded offset ${offset} is kept no longer (${startOffset} to ${endOffset} are); make a new task with a consumer offset in the data range, or move the group with ModifyConsumptionTimestamp, and start it again`,
    );
  }
  return offset;
}

/** Reads one page ahead of what is being dealt with. */
export class PageReader {
  readonly #line: Line<ChangeReaderCalls>;
  readonly #groupId: string;
  readonly #bytesMax: number;
  #offset: number;
  #page: Promise<ChangePage> | undefined;

  constructor(line: Line<ChangeReaderCalls>, groupId: string, fromOffset: number, bytesMax: number) {
    this.#line = line;
    this.#groupId = groupId;
    this.#offset = fromOffset;
    this.#bytesMax = bytesMax;
  }

  /** The next page, or undefined when it has not come within the wait; empty when there is nothing for some time. */
  async next(waitMs: number, signal: AbortSignal): Promise<ChangePage | undefined> {
    this.#page ??= this.#read();
    const page = await within(this.#page, waitMs, signal);
    if (page === undefined) return undefined;
    this.#offset = page.nextOffset;
    this.#page = undefined;
    // Only behind something: at the end the next question waits for more anyway.
    if (page.payloads.length > 0) this.#page = this.#read();
    return page;
  }

  #read(): Promise<ChangePage> {
    const wish = {
      groupId: this.#groupId,
      fromOffset: this.#offset,
      bytesMax: this.#bytesMax,
      waitMsMax: WAIT_MS_MAX,
    };
    const page = this.#line.ask("read", wish, { msMax: WAIT_MS_MAX + ANSWER_MS_MAX });
    // Whoever asks next hears of it.
    page.catch(() => undefined);
    return page;
  }
}

async function within<T>(work: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let leave: (() => void) | undefined;
  const over = new Promise<undefined>((resolve, reject) => {
    if (ms !== Number.POSITIVE_INFINITY) timer = setTimeout(() => resolve(undefined), ms);
    leave = () => reject(signal.reason);
    signal.addEventListener("abort", leave);
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    if (leave) signal.removeEventListener("abort", leave);
  }
}
