import { scrubbed, textWithoutSecrets } from "../../../contract/secrets/index.ts";

/**
 * What a failed call says about the work behind it:
 * - `refused`: the product said no; nothing was done.
 * - `throttled`: too many calls; nothing was done, later it may be.
 * - `unreachable`: nobody listens; nothing was sent.
 * - `lost`: sent, but no answer came back; the work may have been done.
 * - `unavailable`: the product failed inside (5xx); the work may have been done.
 */
export type FailureKind = "refused" | "throttled" | "unreachable" | "lost" | "unavailable";

/** A failed call. Match by `code`, never by text. Holds no secret: no parameter's value is kept. */
export class ApiError extends Error {
  readonly kind: FailureKind;
  /** The published code, for example `Forbidden.InstanceNotFound`, or the code of the connection's failure. */
  readonly code: string;
  readonly httpStatus: number | undefined;
  readonly action: string;
  readonly requestId: string | undefined;

  constructor(action: string, failure: ApiFailure) {
    const request = failure.requestId === undefined ? "" : ` (request ${failure.requestId})`;
    super(`${action}: ${failure.code}: ${failure.message}${request}`);
    this.name = "ApiError";
    this.kind = failure.kind;
    this.code = failure.code;
    this.httpStatus = failure.httpStatus;
    this.action = action;
    this.requestId = failure.requestId;
  }

  /** Takes these secrets, and whatever else is known to be one, out of the message. */
  without(secrets: readonly string[]): this {
    this.message = textWithoutSecrets(scrubbed(this.message, secrets));
    return this;
  }

  /** True when the call may have done its work although it failed. */
  get mayHaveWorked(): boolean {
    return this.kind === "lost" || this.kind === "unavailable";
  }
}

export interface ApiFailure {
  readonly kind: FailureKind;
  readonly code: string;
  readonly message: string;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
}

/** True for an ApiError with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}

const UNREACHABLE_CODES = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * Turns what the official client throws into an ApiError. The client's own text for a failed connection
 * holds the whole address with its parameters, so only its code is taken over.
 */
export function toApiError(action: string, address: string, thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  const error = thrown as ClientError;
  const httpStatus = error.statusCode ?? numberOrUndefined(error.data?.statusCode);
  if (httpStatus === undefined) {
    if (error.data !== undefined || error.code === "InvalidCredentials" || isCredentialProblem(error)) {
      return new ApiError(action, {
        kind: "refused",
        code: error.code ?? "InvalidCredentials",
        message: error.message ?? "",
      });
    }
    return connectionError(action, address, error);
  }
  const code = textOrUndefined(error.data?.Code ?? error.data?.code) ?? `HTTP${httpStatus}`;
  return new ApiError(action, {
    kind: kindOf(code, httpStatus),
    code,
    message: shortened(error.data?.Message ?? error.data?.message) ?? `HTTP status ${httpStatus}`,
    httpStatus,
    requestId: textOrUndefined(error.data?.RequestId ?? error.data?.requestId),
  });
}

/** A failure inside an answer of status 200, as some products give it; undefined when the answer is good. */
export function failureInBody(action: string, body: Readonly<Record<string, unknown>>): ApiError | undefined {
  const success = body.Success ?? body.success;
  if (success === undefined || success === true || String(success).toLowerCase() === "true") return undefined;
  const code = textOrUndefined(body.ErrCode ?? body.Code ?? body.code) ?? "UnknownError";
  return new ApiError(action, {
    kind: kindOf(code, 200),
    code,
    message: shortened(body.ErrMessage ?? body.Message ?? body.message ?? body.ErrorMessage) ?? "no message",
    httpStatus: 200,
    requestId: textOrUndefined(body.RequestId ?? body.requestId),
  });
}

interface ClientError {
  readonly code?: string;
  readonly name?: string;
  readonly message?: string;
  readonly statusCode?: number;
  readonly data?: Readonly<Record<string, unknown>>;
}

function connectionError(action: string, address: string, error: ClientError): ApiError {
  const code = error.code ?? (error.name?.startsWith("RequestTimeout") ? "ETIMEDOUT" : "ECONNRESET");
  if (UNREACHABLE_CODES.includes(code)) {
    return new ApiError(action, { kind: "unreachable", code, message: `nothing answers at ${address}` });
  }
  const message =
    code === "ETIMEDOUT"
      ? `no answer from ${address} in time`
      : `the connection to ${address} broke before the answer`;
  return new ApiError(action, { kind: "lost", code, message });
}

function isCredentialProblem(error: ClientError): boolean {
  return /credential/i.test(error.message ?? "") && !(error.message ?? "").includes("://");
}

function kindOf(code: string, httpStatus: number): FailureKind {
  if (code.includes("Throttling") || httpStatus === 429 || code === "TooManyRequests") return "throttled";
  return httpStatus >= 500 ? "unavailable" : "refused";
}

/** A wrong signature is answered with all that was signed; nobody needs to read that. */
function shortened(message: unknown): string | undefined {
  return textOrUndefined(message)?.split("server string to sign is:")[0]?.trim();
}

function textOrUndefined(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value);
}

function numberOrUndefined(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
