import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import { bodyTooLargeError } from "./body.ts";
import { TRANSPORT_ERRORS } from "./transport-errors.ts";
import { gatewayFailure, writeAnswer } from "./write-answer.ts";

/** A client that asks before it sends a body beyond the bound is told at once. */
export function refuseUnreadBody(req: IncomingMessage, res: ServerResponse, bytesMax: number): boolean {
  if (!(Number(req.headers["content-length"] ?? 0) > bytesMax)) return false;
  const error = bodyTooLargeError(bytesMax);
  const meta = { requestId: "", hostId: req.headers.host ?? "", action: "" };
  writeAnswer(res, error.httpStatus, "", JSON.stringify(gatewayFailure(error, meta)), { close: true });
  return true;
}

/** Answers what Node's parser refuses, in the gateway's form, and closes the connection. */
export function refuseMalformed(problem: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || problem.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const error = malformedRequestError(problem.code);
  const body = JSON.stringify(gatewayFailure(error, { requestId: "", hostId: "", action: "" }));
  socket.end(
    `HTTP/1.1 ${error.httpStatus} ${error.code}\r\nconnection: close\r\n` +
      `content-type: application/json;charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function malformedRequestError(code: string | undefined): ServiceError {
  if (code === "HPE_HEADER_OVERFLOW") return serviceError(TRANSPORT_ERRORS.HeadersTooLarge);
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return serviceError(TRANSPORT_ERRORS.BodyTooSlow);
  return serviceError(TRANSPORT_ERRORS.Malformed);
}
