import { DTS_ERRORS } from "../../../../contract/errors/index.ts";
import { type ApiError, hasCode } from "../../api/errors.ts";

/** Calls that find the instance on the move again right after it had settled. */
const TRIES_MAX = 10;

/**
 * Makes calls that are refused while their instance is on the move (OperationDenied.JobStatus), and makes them again
 * once `settle` has returned. The calls have to be safe to repeat.
 */
export async function retryWhileBusy<T>(
  calls: () => Promise<T>,
  settle: (refusal: ApiError, tries: number) => Promise<void>,
): Promise<T> {
  const { OperationDeniedJobStatus, OperationDeniedJobStatusModifying } = DTS_ERRORS;
  for (let tries = 1; ; tries += 1) {
    try {
      return await calls();
    } catch (error) {
      const isMoving = hasCode(error, OperationDeniedJobStatus.code, OperationDeniedJobStatusModifying.code);
      if (!isMoving || tries >= TRIES_MAX) throw error;
      await settle(error, tries);
    }
  }
}
