import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests that one connection may have waiting behind another; clients that pipeline stay below. */
const waitingMax = 16;

type Serve = (req: IncomingMessage, res: ServerResponse) => void;

interface Request {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly serve: Serve;
}

/** One connection. */
interface Lane {
  /** The answer that is on its way; undefined between two requests. */
  current: ServerResponse | undefined;
  /** The turn of the event loop in which its last request was served. */
  turn: number;
  readonly waiting: Request[];
}

/**
 * Serves one request of a connection at a time, the next one when the answer has left, and no two in one turn of the
 * event loop. Whoever sends thousands of requests ahead, or does not read the answers, gets no more of the service
 * than everybody else: all other connections come in between. Who sends too many ahead is cut off.
 */
export function openLanes(): (req: IncomingMessage, res: ServerResponse, serve: Serve) => void {
  const lanes = new WeakMap<Socket, Lane>();
  let turn = 0;
  let isTurnEnding = false;

  function serveNow(lane: Lane, { req, res, serve }: Request): void {
    if (!isTurnEnding) {
      isTurnEnding = true;
      setImmediate(() => {
        isTurnEnding = false;
        turn += 1;
      });
    }
    lane.turn = turn;
    lane.current = res;
    res.once("close", () => {
      lane.current = undefined;
      if (lane.waiting.length > 0) setImmediate(serveWaiting, lane);
    });
    serve(req, res);
  }

  function serveWaiting(lane: Lane): void {
    if (lane.current !== undefined) return;
    const next = lane.waiting.shift();
    if (next === undefined) return;
    if (next.req.socket.destroyed) lane.waiting.length = 0;
    else serveNow(lane, next);
  }

  return (req, res, serve) => {
    const { socket } = req;
    const lane = lanes.get(socket) ?? { current: undefined, turn: -1, waiting: [] };
    lanes.set(socket, lane);
    if (socket.destroyed) return;
    if (lane.current === undefined && lane.waiting.length === 0 && lane.turn !== turn) {
      serveNow(lane, { req, res, serve });
    } else if (lane.waiting.length >= waitingMax) {
      lane.waiting.length = 0;
      socket.destroy();
    } else {
      lane.waiting.push({ req, res, serve });
      if (lane.current === undefined && lane.waiting.length === 1) setImmediate(serveWaiting, lane);
    }
  };
}
