import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Requests that one connection may have waiting behind another; clients that pipeline stay below. */
const WAITING_MAX = 16;

type Serve = (req: IncomingMessage, res: ServerResponse) => void;

interface Request {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly serve: Serve;
}

/** One connection. */
interface Connection {
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
export function openPipelining(): (req: IncomingMessage, res: ServerResponse, serve: Serve) => void {
  const connections = new WeakMap<Socket, Connection>();
  let turn = 0;
  let isTurnEnding = false;

  function serveNow(connection: Connection, { req, res, serve }: Request): void {
    if (!isTurnEnding) {
      isTurnEnding = true;
      setImmediate(() => {
        isTurnEnding = false;
        turn += 1;
      });
    }
    connection.turn = turn;
    connection.current = res;
    res.once("close", () => {
      connection.current = undefined;
      if (connection.waiting.length > 0) setImmediate(serveWaiting, connection);
    });
    serve(req, res);
  }

  function serveWaiting(connection: Connection): void {
    if (connection.current !== undefined) return;
    const next = connection.waiting.shift();
    if (next === undefined) return;
    if (next.req.socket.destroyed) connection.waiting.length = 0;
    else serveNow(connection, next);
  }

  return (req, res, serve) => {
    const { socket } = req;
    const connection = connections.get(socket) ?? { current: undefined, turn: -1, waiting: [] };
    connections.set(socket, connection);
    if (socket.destroyed) return;
    if (connection.current === undefined && connection.waiting.length === 0 && connection.turn !== turn) {
      serveNow(connection, { req, res, serve });
    } else if (connection.waiting.length >= WAITING_MAX) {
      connection.waiting.length = 0;
      socket.destroy();
    } else {
      connection.waiting.push({ req, res, serve });
      if (connection.current === undefined && connection.waiting.length === 1)
        setImmediate(serveWaiting, connection);
    }
  };
}
