import type { ServerResponse } from "node:http";
import type { ServiceError } from "../../../contract/errors/index.ts";
import type { AnswerMeta } from "../kit/action.ts";

/** Never `text/xml`: the clients would parse an error as XML then. */
const CONTENT_TYPE = "application/json;charset=utf-8";
/** What a throttled client is told to wait, in the forms of both families of clients. */
const RETRY_AFTER_MS = 1_000;

/** What the gateway says of a failure; products put their own fields beside it. */
export function gatewayFields(error: ServiceError, meta: AnswerMeta) {
  return {
    RequestId: meta.requestId,
    HostId: meta.hostId,
    Code: error.code,
    Message: error.message,
    Recommend: recommendation(error.code),
  };
}

/** The gateway's own failure, used when no product is known; both spellings, because old clients read only the capital names. */
export function gatewayFailure(error: ServiceError, meta: AnswerMeta): object {
  return {
    ...gatewayFields(error, meta),
    requestId: meta.requestId,
    code: error.code,
    message: error.message,
  };
}

/** Where the published help explains a code. */
export function recommendation(code: string): string {
  return `https://api.alibabacloud.com/troubleshoot?q=${encodeURIComponent(code)}`;
}

export function isThrottling(code: string): boolean {
  return code === "Throttling" || code.startsWith("Throttling.");
}

/** Writes one JSON answer. Does nothing when the client has gone. */
export function writeAnswer(
  res: ServerResponse,
  httpStatus: number,
  requestId: string,
  body: string,
  more: { readonly throttled?: boolean; readonly close?: boolean; readonly region?: string } = {},
): void {
  if (res.headersSent || res.destroyed) return;
  const headers: (string | number)[] = [
    "content-type",
    CONTENT_TYPE,
    "content-length",
    Buffer.byteLength(body),
    "x-acs-request-id",
    requestId,
  ];
  // The Python SDK takes any error with the first header for throttling, so neither is sent otherwise.
  if (more.throttled) {
    headers.push(
      "x-acs-retry-after",
      RETRY_AFTER_MS,
      "x-ratelimit-user-api",
      `Limit:1,Remain:0,TimeLeft:${RETRY_AFTER_MS}`,
    );
  }
  if (more.region !== undefined) headers.push("x-change-tracking-region", more.region);
  if (more.close) headers.push("connection", "close");
  res.writeHead(httpStatus, headers as string[]);
  res.end(body);
}
