import { ENGINES } from "../../../../contract/limits/engines.ts";
import { type DtsApi, TRACKING_JOB_TYPE } from "../../api/dts.ts";
import type { ApiError } from "../../api/errors.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import type { ListedJob } from "../../observe/jobs.ts";
import { emptyInstances, type InstanceIds, onlyOne } from "./empty.ts";
import type { InstanceInputs } from "./inputs.ts";

/** Waits between the looks for an instance whose answer was lost. */
const LOOKS_MS = [300, 700, 1500, 3000];
/** A second look shortly after: whoever else has just bought one will have configured it by then. */
const CONFIRM_MS = 1000;

/** Orders a new, empty instance, once: the call has no token, and the instance has no name yet. */
export async function order(api: DtsApi, inputs: InstanceInputs): Promise<InstanceIds> {
  const answer = await api.createInstance(orderOf(inputs));
  const instanceId = answer.InstanceId ?? "";
  return { instanceId, jobId: answer.JobId ?? instanceId.replace(/^dts/, "") };
}

/**
 * The instance that an order has made whose answer was lost: the only empty one that was not there `before`. Throws
 * ProviderError `AnswerLost` when none has appeared, and `AmbiguousCreate` when several have.
 */
export async function findOrdered(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
  before: readonly string[],
  cause: ApiError,
): Promise<InstanceIds> {
  const newcomers = async () =>
    (await emptyInstances(api, inputs)).filter((job) => !before.includes(job.DtsInstanceID ?? ""));
  let found: ListedJob[] = [];
  for (const pauseMs of LOOKS_MS) {
    await session.clock.sleep(pauseMs);
    found = await newcomers();
    if (found.length > 0) break;
  }
  if (found.length > 0) {
    await session.clock.sleep(CONFIRM_MS);
    found = await newcomers();
  }
  const ids = onlyOne(found, `the answer to CreateDtsInstance was lost (${cause.code})`, cause);
  if (ids === undefined) throw answerLostError(cause);
  return ids;
}

function answerLostError(cause: ApiError): ProviderError {
  return new ProviderError(
    "AnswerLost",
    `the answer to CreateDtsInstance was lost (${cause.code}) and no new instance has appeared; nothing is known to ` +
      "have been made. Run `pulumi up` again",
    { cause },
  );
}

function orderOf(inputs: InstanceInputs) {
  return {
    Type: TRACKING_JOB_TYPE,
    SourceRegion: inputs.region,
    SourceEndpointEngineName: ENGINES[inputs.source.engine].createName,
    PayType: inputs.payType,
    Quantity: 1,
    ...(inputs.payType === "PrePaid" && inputs.period !== undefined
      ? { Period: inputs.period.unit, UsedTime: inputs.period.count }
      : {}),
  };
}
