import { sentence } from "../../../contract/limits/message.ts";
import type { Clock } from "../host/clock.ts";
import { ProviderError } from "../host/errors.ts";
import { adviceForKeys, areKeysRefused } from "../host/keys.ts";
import { adviceWhenUnreachable, type Endpoint, type Settings } from "../host/settings.ts";
import { ApiError, withAdvice } from "./errors.ts";
import type { ApiRequest } from "./request.ts";
import { NO_RETRY, type Repeat, type RetryPolicy, STANDARD_RETRY, withRetry } from "./retry.ts";
import type { Transport } from "./transport.ts";

/** Longest wait for one answer; services answer below 3 s, work goes on behind a state. */
const ANSWER_MS_MAX = 10_000;
/** Longest wait for an answer during check, which must not hold up a preview. */
const LOOK_MS_MAX = 2_000;
/** An address that has never answered is tried only so often: nobody may be there at all. */
const FIRST_CONTACT: RetryPolicy = { attemptsMax: 3, waitMsFirst: 200, waitMsMax: 400 };

export interface CallOptions {
  readonly repeat: Repeat;
  /** For check: one short try. */
  readonly look?: boolean;
}

/** Calls the published APIs with retries; shared by all resources of one run. */
export interface ApiClient {
  /**
   * The answer's fields. Throws ApiError; ProviderError `Unreachable` with what to do when nobody listens.
   * `T` is the published answer, whose fields are all optional because nothing checks them.
   */
  call<T extends object>(request: Omit<ApiRequest, "timeoutMs">, options: CallOptions): Promise<Partial<T>>;
  readonly settings: Settings;
}

export function apiClient(settings: Settings, transport: Transport, clock: Clock): ApiClient {
  const answered = new Set<string>();
  return {
    settings,
    call: async (request, options) => {
      const endpoint = settings.endpointOf(request.product, request.region);
      const { address } = endpoint;
      const timeoutMs = options.look ? LOOK_MS_MAX : ANSWER_MS_MAX;
      const policyFor = (error: ApiError) => {
        if (options.look || (error.problem === "NoAnswer" && !answered.has(address))) return NO_RETRY;
        return answered.has(address) ? STANDARD_RETRY : FIRST_CONTACT;
      };
      try {
        return (await withRetry(clock, policyFor, options.repeat, async () => {
          try {
            const answer = await transport.send({ ...request, timeoutMs });
            answered.add(address);
            return answer;
          } catch (error) {
            if (error instanceof ApiError && isSomebodyThere(error)) answered.add(address);
            throw error;
          }
        })) as never;
      } catch (error) {
        throw explained(settings, endpoint, error);
      }
    },
  };
}

/** A connection that was accepted and then broke was somebody's too; silence may be a filter's. */
function isSomebodyThere(error: ApiError): boolean {
  if (error.problem !== undefined) return false;
  return error.httpStatus !== undefined || (error.kind === "lost" && error.code !== "ETIMEDOUT");
}

/**
 * Where the way to the service failed and surely nothing was done, the failure says what to do instead of which call
 * it was. A lost answer stays what it is: who made the call has to look.
 */
function explained(settings: Settings, endpoint: Endpoint, error: unknown): unknown {
  if (!(error instanceof ApiError) || error.mayHaveWorked) return error;
  if (areKeysRefused(error.code))
    return withAdvice(error, sentence(adviceForKeys(settings.keysSource(endpoint), error.code)));
  const problem = error.problem ?? (error.kind === "unreachable" ? "Unreachable" : undefined);
  if (problem === undefined) return error;
  const text =
    problem === "Unreachable"
      ? adviceWhenUnreachable(settings, endpoint.address, endpoint.setBy)
      : error.detail;
  return new ProviderError(problem, sentence(text), { cause: error });
}
