import type { ServerWritableStream } from "@grpc/grpc-js";
import type { Caller, Room } from "./calls/call.ts";
import type { Outlet } from "./calls/receive-message.ts";

/** The answers of a call go one by one, each when the one before it has been taken. */
export function outletOf(
  call: ServerWritableStream<object, object>,
  { address }: Caller,
  { limits, drop }: Room,
): Outlet {
  const gone = new AbortController();
  const waiting = new AbortController();
  call.on("cancelled", () => {
    gone.abort();
    waiting.abort();
  });
  const deadline = call.getDeadline();
  return {
    signal: waiting.signal,
    stopWaiting: () => waiting.abort(),
    deadlineMs: deadline instanceof Date ? deadline.getTime() : deadline,
    write(answer) {
      if (gone.signal.aborted || call.destroyed) return Promise.resolve(false);
      return new Promise((resolve) => {
        const settle = (isTaken: boolean) => {
          clearTimeout(stalled);
          gone.signal.removeEventListener("abort", abandon);
          resolve(isTaken);
        };
        const abandon = () => settle(false);
        const stalled = setTimeout(() => {
          drop(address, `an answer was not taken for ${limits.stalledMsMax} ms`);
          settle(false);
        }, limits.stalledMsMax);
        gone.signal.addEventListener("abort", abandon, { once: true });
        call.write(answer, (error: unknown) => settle(!error));
      });
    },
  };
}
