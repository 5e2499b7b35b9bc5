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

/** Why nothing of the service was heard; each has its own text and way out. */
export type ConnectionProblem =
  | "NoCredentials"
  | "HostNotFound"
  | "Unreachable"
  | "NoAnswer"
  | "CertificateRefused"
  | "WrongProtocol"
  | "NotTheService"
  | "ProxyFailed";

/** A failed call. Match by `code`, never by text. Holds no secret: no parameter's value is kept. */
export class ApiError extends Error {
  readonly kind: FailureKind;
  /** The published code, for example `Forbidden.InstanceNotFound`, or the code of the connection's failure. */
  readonly code: string;
  readonly httpStatus: number | undefined;
  readonly action: string;
  readonly requestId: string | undefined;
  /** Set where it was not the service that failed, but the way to it. */
  readonly problem: ConnectionProblem | undefined;
  #detail: string;

  constructor(action: string, failure: ApiFailure) {
    const request = failure.requestId === undefined ? "" : ` (request ${failure.requestId})`;
    super(`${action}: ${failure.code}: ${failure.message}${request}`);
    this.name = "ApiError";
    this.kind = failure.kind;
    this.code = failure.code;
    this.httpStatus = failure.httpStatus;
    this.action = action;
    this.requestId = failure.requestId;
    this.problem = failure.problem;
    this.#detail = failure.message;
  }

  /** The failure alone, without action and code. */
  get detail(): string {
    return this.#detail;
  }

  /**
   * Takes these secrets, and whatever else is known to be one, out of the message. A failure on the way holds nothing
   * of a call, and the form of an address that it may show would be taken for one.
   */
  without(secrets: readonly string[]): this {
    if (this.problem !== undefined) return this;
    this.#detail = textWithoutSecrets(scrubbed(this.#detail, secrets));
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
  readonly problem?: ConnectionProblem | undefined;
}

/** True for an ApiError with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): error is ApiError {
  return error instanceof ApiError && codes.includes(error.code);
}

/** The same failure that also says what to do. */
export function withAdvice(error: ApiError, advice: string): ApiError {
  return new ApiError(error.action, { ...error, message: advised(error.detail, advice) });
}

/** What failed, and what to do. */
export function advised(detail: string, advice: string): string {
  return `${detail.replace(/\.?$/, ".")} ${advice}`;
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

export function kindOf(code: string, httpStatus: number): FailureKind {
  if (code.includes("Throttling") || httpStatus === 429 || code === "TooManyRequests") return "throttled";
  return httpStatus >= 500 ? "unavailable" : "refused";
}

/** A wrong signature is answered with all that was signed; nobody needs to read that. */
export function shortened(message: unknown): string | undefined {
  return textOrUndefined(message)?.split("server string to sign is:")[0]?.trim();
}

export function textOrUndefined(value: unknown): string | undefined {
  return value === undefined || value === null || value === "" ? undefined : String(value);
}
