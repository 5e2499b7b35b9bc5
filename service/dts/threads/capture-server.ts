import { setTimeout as sleep } from "node:timers/promises";
import { type Line, openLine, type Port } from "../../core/threads/line.ts";
import type { Capture, CaptureJob } from "../capture/capture.ts";
import { selectionOf } from "../capture/selection.ts";
import { CaptureRunner } from "./capture-runner.ts";
import type { Tell } from "./log-server.ts";
import type { CaptureOrder, CaptureThreadCalls, CaptureThreadNeeds, LogWriterCalls } from "./messages.ts";

/** A source that does not answer must not hold up a delete. */
const CLEAN_UP_MS_MAX = 15_000;

/** Gives what reads a source; rejects with a CaptureError where there is nothing of this kind. */
type CaptureOf = (job: CaptureJob, order: CaptureOrder) => Promise<Capture>;

interface CaptureServerParts {
  readonly captureOf: CaptureOf;
  readonly now?: () => number;
}

/** Does what the main thread asks of the capture thread, over `port`. Returns what writes lines of the service's log. */
export function serveCaptures(port: Port, { captureOf, now = Date.now }: CaptureServerParts): Tell {
  const runners = new Map<string, CaptureRunner>();
  /** What was asked for one capture happens in the order of the questions. */
  const turns = new Map<string, Promise<unknown>>();
  let log: Line<LogWriterCalls> | undefined;
  const open = (order: CaptureOrder) => captureOf(jobOf(order), order);

  function inTurn<T>(captureId: string, work: () => Promise<T>): Promise<T> {
    const turn = (turns.get(captureId) ?? Promise.resolve()).catch(() => undefined).then(work);
    turns.set(captureId, turn);
    const forget = () => void (turns.get(captureId) === turn && turns.delete(captureId));
    turn.then(forget, forget);
    return turn;
  }

  async function stop(captureId: string): Promise<void> {
    const runner = runners.get(captureId);
    runners.delete(captureId);
    await runner?.stop();
  }

  function start(order: CaptureOrder): void {
    const { captureId, run } = order;
    const runner = new CaptureRunner({
      order,
      now,
      captureOf: open,
      log: () => log,
      tell: (state) => main.tell("state", { captureId, run, state }),
      largeRow: (table, bytes) => main.tell("largeRow", { captureId, table, bytes, atMs: now() }),
    });
    runners.set(captureId, runner);
  }

  const main: Line<CaptureThreadNeeds> = openLine<CaptureThreadNeeds, CaptureThreadCalls>(port, {
    run: (order) =>
      inTurn(order.captureId, async () => {
        await stop(order.captureId);
        start(order);
      }),
    stop: ({ captureId }) => inTurn(captureId, () => stop(captureId)),
    async stopAll() {
      await Promise.all([...runners.keys()].map((captureId) => inTurn(captureId, () => stop(captureId))));
    },
    cleanUp: (order) =>
      inTurn(order.captureId, async () => {
        await stop(order.captureId);
        await cleanUp(await open(order), order);
      }),
    connect({ port: end }) {
      log?.close("another log thread has taken over");
      log = openLine<LogWriterCalls, Record<never, never>>(end, {});
    },
  });
  return (note) => main.tell("note", note);
}

async function cleanUp(capture: Capture, { host, port }: CaptureOrder): Promise<void> {
  const late = new AbortController();
  const over = new AbortController();
  const overdue = sleep(CLEAN_UP_MS_MAX, undefined, { signal: over.signal, ref: false }).then(() => {
    late.abort();
    throw new Error(`no answer from ${host}:${port} within ${CLEAN_UP_MS_MAX} ms`);
  });
  overdue.catch(() => undefined);
  const work = capture.cleanUp(late.signal);
  try {
    await Promise.race([work, overdue]);
  } finally {
    over.abort();
    work.catch(() => undefined);
  }
}

function jobOf({
  captureId,
  objects,
  mayBegin,
  firstOffset,
  run,
  isConfigured,
  ...rest
}: CaptureOrder): CaptureJob {
  return { ...rest, jobId: captureId, objects: selectionOf(objects) };
}
