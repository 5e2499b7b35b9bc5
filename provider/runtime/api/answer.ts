import type { Endpoint } from "../host/settings.ts";
import { ApiError, kindOf, shortened, textOrUndefined } from "./errors.ts";
import type { HttpAnswer } from "./http.ts";

/** A gateway's own answers: what stands behind it may be back in a moment, and may have done the work. */
const GATEWAY_STATUSES = [502, 503, 504];
const PROXY_AUTHENTICATION = 407;

/**
 * The answer's fields. Throws ApiError: the published code of a refusal, or `NotTheService` where the answer is
 * nothing that the API says.
 */
export function answerOf(action: string, endpoint: Endpoint, answer: HttpAnswer): Record<string, unknown> {
  const { status } = answer;
  const fields = readObject(answer.body);
  if (status >= 200 && status < 300 && fields !== undefined) return fields;
  const code = status >= 400 ? textOrUndefined(fields?.Code ?? fields?.code) : undefined;
  const requestId = textOrUndefined(fields?.RequestId ?? fields?.requestId);
  if (code === undefined) throw notTheService(action, endpoint, answer);
  throw new ApiError(action, {
    kind: kindOf(code, status),
    code,
    message: shortened(fields?.Message ?? fields?.message) ?? `HTTP status ${status}`,
    httpStatus: status,
    requestId,
  });
}

function notTheService(action: string, endpoint: Endpoint, answer: HttpAnswer): ApiError {
  const { status } = answer;
  if (status === PROXY_AUTHENTICATION) {
    return new ApiError(action, {
      kind: "refused",
      code: "ProxyFailed",
      problem: "ProxyFailed",
      httpStatus: status,
      message: `a proxy on the way to ${endpoint.address} asks for a user and a password (HTTP status 407): ${PROXY_LOGIN}`,
    });
  }
  const isGateway = GATEWAY_STATUSES.includes(status);
  const what = `${endpoint.address} answers with ${formOf(answer)} (HTTP status ${status})`;
  return new ApiError(action, {
    kind: isGateway ? "unavailable" : "refused",
    code: isGateway ? `HTTP${status}` : "NotTheService",
    problem: "NotTheService",
    httpStatus: status,
    message: isGateway
      ? `${what}: a gateway or proxy there does not reach the service behind it`
      : `${what}, not as the API does: something else listens there. Correct ${endpoint.setBy}`,
  });
}

/** How to give a proxy its user; the example holds nobody's password. */
export const PROXY_LOGIN = "put them into HTTPS_PROXY or HTTP_PROXY as http://USER:PASSWORD@HOST:PORT";

function formOf({ contentType, body }: HttpAnswer): string {
  if (/html/i.test(contentType) || /^\s*</.test(body)) return "a web page";
  if (body.trim() === "") return "an empty body";
  return readObject(body) === undefined ? "something that is no JSON object" : "a JSON object without a code";
}

function readObject(text: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
