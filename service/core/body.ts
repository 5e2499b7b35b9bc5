import type { IncomingMessage } from "node:http";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../contract/errors/index.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";

const nothing = Buffer.alloc(0);
/** After a refusal a little more is read and thrown away, so that the client gets to see the answer. */
const drainBytesMax = 16 * 1024 * 1024;
const drainMsMax = 1_000;

export interface BodyBounds {
  readonly bytesMax: number;
  readonly msMax: number;
  /** Shared by all calls, so that many slow bodies together stay bounded too. */
  readonly budget?: BodyBudget;
}

/** Bytes of bodies that are being read. */
export interface BodyBudget {
  /** False, and nothing taken, when there is no room. */
  take(bytes: number): boolean;
  giveBack(bytes: number): void;
}

export function bodyBudget(bytesMax: number): BodyBudget {
  let taken = 0;
  return {
    take(bytes) {
      if (taken + bytes > bytesMax) return false;
      taken += bytes;
      return true;
    },
    giveBack(bytes) {
      taken -= bytes;
    },
  };
}

/** False for most GETs: then nothing has to be waited for. */
export function hasBody(req: IncomingMessage): boolean {
  const { headers } = req;
  if (headers["transfer-encoding"] !== undefined) return true;
  const length = headers["content-length"];
  return length !== undefined && length !== "0";
}

/**
 * Reads the whole body within the bounds. `done` is called once: with the bytes, with a ServiceError when a
 * bound was crossed (the connection must then be closed), or with undefined when the client has gone.
 */
export function readBody(
  req: IncomingMessage,
  bounds: BodyBounds,
  done: (body: Uint8Array | ServiceError | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let budgeted = 0;
  const timer = setTimeout(() => {
    detach();
    req.resume();
    done(serviceError(TRANSPORT_ERRORS.BodyTooSlow, { detail: `The limit is ${bounds.msMax} ms.` }));
  }, bounds.msMax);

  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bounds.bytesMax) {
      detach();
      drain(req, () => done(tooLarge(bounds.bytesMax)));
    } else if (bounds.budget?.take(chunk.length) === false) {
      detach();
      drain(req, () => done(serviceError(GATEWAY_ERRORS.ServiceUnavailable)));
    } else {
      budgeted += chunk.length;
      chunks.push(chunk);
    }
  };
  const onEnd = () => {
    detach();
    done(chunks.length === 1 ? (chunks[0] ?? nothing) : Buffer.concat(chunks, bytes));
  };
  const onGone = () => {
    detach();
    done(undefined);
  };
  function detach(): void {
    clearTimeout(timer);
    bounds.budget?.giveBack(budgeted);
    budgeted = 0;
    req.off("data", onData).off("end", onEnd).off("close", onGone);
  }
  // A request that is cut off emits an error, then close; without a listener the error would end the process.
  req
    .on("data", onData)
    .on("end", onEnd)
    .on("close", onGone)
    .on("error", () => undefined);
}

export function tooLarge(bytesMax: number): ServiceError {
  return serviceError(TRANSPORT_ERRORS.BodyTooLarge, { detail: `The limit is ${bytesMax} bytes.` });
}

function drain(req: IncomingMessage, done: () => void): void {
  let bytes = 0;
  const finish = () => {
    clearTimeout(timer);
    req.off("data", onData).off("end", finish).off("close", finish);
    req.pause();
    done();
  };
  const timer = setTimeout(finish, drainMsMax);
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > drainBytesMax) finish();
  };
  req.on("data", onData).on("end", finish).on("close", finish);
}
