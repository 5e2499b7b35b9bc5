import type { IncomingMessage } from "node:http";
import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";

/** After a refusal a little more is read and thrown away, so that the client gets to see the answer. */
const DRAIN_BYTES_MAX = 16 * 1024 * 1024;
const DRAIN_MS_MAX = 1_000;

interface BodyBounds {
  readonly bytesMax: number;
  readonly msMax: number;
  /** Shared by all doors, so that many bodies together stay bounded too. */
  readonly budget: BodyBudget;
}

/** A body that has arrived. It counts against the budget until it is let go, which is to happen once. */
export interface ReceivedBody {
  readonly bytes: Uint8Array;
  release(): void;
}

export const noBody: ReceivedBody = { bytes: new Uint8Array(0), release: () => undefined };

/** Bytes of bodies that are being read or wait for their turn. */
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
 * Reads the whole body within the bounds. `done` is called once: with the body, with a ServiceError when a bound
 * was crossed (the connection must then be closed), or with undefined when the client has gone.
 */
export function readBody(
  req: IncomingMessage,
  bounds: BodyBounds,
  done: (body: ReceivedBody | Error | undefined) => void,
): void {
  const chunks: Buffer[] = [];
  readChunks(
    req,
    bounds,
    (chunk) => void chunks.push(chunk),
    (end) => {
      if (typeof end !== "function") return done(end);
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      done({ bytes, release: end });
    },
  );
}

/**
 * Hands on a body as it arrives. What `take` throws ends the reading like a bound that was crossed. `done` is
 * called once: with what gives the bytes back to the budget, with the Error, or with undefined when the client has
 * gone.
 */
export function readChunks(
  req: IncomingMessage,
  { bytesMax, msMax, budget }: BodyBounds,
  take: (chunk: Buffer) => void,
  done: (end: (() => void) | Error | undefined) => void,
): void {
  if (Number(req.headers["content-length"] ?? 0) > bytesMax) {
    drain(req, () => done(bodyTooLargeError(bytesMax)));
    return;
  }
  let bytes = 0;
  const timer = setTimeout(() => {
    detach();
    giveUp();
    req.resume();
    done(serviceError(TRANSPORT_ERRORS.BodyTooSlow, { detail: `The limit is ${msMax} ms.` }));
  }, msMax);

  const onData = (chunk: Buffer) => {
    try {
      if (bytes + chunk.length > bytesMax) throw bodyTooLargeError(bytesMax);
      if (!budget.take(chunk.length)) throw serviceError(GATEWAY_ERRORS.ServiceUnavailable);
      bytes += chunk.length;
      take(chunk);
    } catch (error) {
      detach();
      giveUp();
      drain(req, () => done(error as Error));
    }
  };
  const onEnd = () => {
    detach();
    done(giveUp);
  };
  const onGone = () => {
    detach();
    giveUp();
    done(undefined);
  };
  function giveUp(): void {
    budget.giveBack(bytes);
    bytes = 0;
  }
  function detach(): void {
    clearTimeout(timer);
    req.off("data", onData).off("end", onEnd).off("close", onGone);
  }
  // A request that is cut off emits an error, then close; without a listener the error would end the process.
  req
    .on("data", onData)
    .on("end", onEnd)
    .on("close", onGone)
    .on("error", () => undefined);
}

export function bodyTooLargeError(bytesMax: number): ServiceError {
  return serviceError(TRANSPORT_ERRORS.BodyTooLarge, { detail: `The limit is ${bytesMax} bytes.` });
}

/** Reads and throws away a little of a body that nobody wants, so that the client gets to see the answer. */
function drain(req: IncomingMessage, done: () => void): void {
  let bytes = 0;
  const finish = () => {
    clearTimeout(timer);
    req.off("data", onData).off("end", finish).off("close", finish);
    req.pause();
    done();
  };
  const timer = setTimeout(finish, DRAIN_MS_MAX);
  const onData = (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_BYTES_MAX) finish();
  };
  req.on("data", onData).on("end", finish).on("close", finish);
}

/** Before the answer to a request whose body nobody has looked at: bytes left unread would cut the answer off. */
export async function drained(req: IncomingMessage): Promise<void> {
  if (!hasBody(req) || req.readableDidRead || req.complete) return;
  await new Promise<void>((resolve) => drain(req, resolve));
}
