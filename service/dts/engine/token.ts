import { DTS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { requestDigest } from "../../core/kit/request-digest.ts";
import { dtsStore } from "../store.ts";

interface TokenCall {
  readonly action: string;
  readonly token: string | undefined;
  /** The decoded request. */
  readonly request: object;
}

/**
 * Does the work once for a token, however often the call comes, and gives the job that it was done for. The same token
 * with another action or other parameters is refused. Call it inside a transaction.
 */
export function oncePerToken(kernel: Kernel, call: TokenCall, work: () => string): string {
  if (call.token === undefined) return work();
  const store = dtsStore(kernel.store);
  const digest = requestDigest({ action: call.action, ...call.request });
  const known = store.token(call.token);
  // Tokens that an older version kept have no digest: nothing can be said against their repetition.
  if (known && known.digest !== "" && known.digest !== digest) {
    throw serviceError(DTS_ERRORS.TokenMismatch, {
      parameter: "ClientToken",
      detail: `ClientToken was used for the task ${known.jobId}; give another one for another call.`,
    });
  }
  if (known) return known.jobId;
  const jobId = work();
  store.keepToken(call.token, jobId, digest);
  return jobId;
}
