import type { CaptureDependencies, CaptureJob } from "../capture.ts";
import { closeOn } from "../close-on.ts";
import { openDump } from "./dump.ts";
import { BinlogEvent, EVENT, readEvent } from "./events.ts";
import { FIRST_POSITION } from "./log-place.ts";
import type { SourceState } from "./source-state.ts";

const ANSWER_MS_MAX = 30_000;

/**
 * When a file was begun: the time of its first event, in seconds since the epoch. The server sends the log itself for this,
 * so it also shows that the account may read it. Rejects with the server's error.
 */
export async function fileTime(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  state: SourceState,
  file: string,
  signal: AbortSignal,
): Promise<number> {
  const answer = Promise.withResolvers<number>();
  answer.promise.catch(() => undefined);
  const event = new BinlogEvent();
  const dump = await openDump(job, dependencies, state, {
    onEvent(bytes, start, end) {
      readEvent(bytes, start, end, undefined, event);
      if (event.type === EVENT.formatDescription) answer.resolve(event.seconds);
    },
    onDrained: () => undefined,
    onEnd: (error) => answer.reject(error),
  });
  const stop = closeOn(signal, dump);
  const timer = setTimeout(
    () => answer.reject(new Error(`no event of ${file} within ${ANSWER_MS_MAX} ms`)),
    ANSWER_MS_MAX,
  );
  try {
    await dump.start(0, file, FIRST_POSITION);
    return await answer.promise;
  } finally {
    clearTimeout(timer);
    stop();
  }
}
