import { TRACKING_JOB_TYPE } from "../../../../contract/dts/index.ts";
import { ENGINES } from "../../../../contract/limits/engines.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ApiError } from "../../api/errors.ts";
import { ProviderError } from "../../errors.ts";
import type { Session } from "../../session.ts";
import type { InstanceInputs } from "./inputs.ts";
import { type ListedJob, listJobs } from "./jobs.ts";

export interface InstanceIds {
  readonly instanceId: string;
  readonly jobId: string;
}

/** Waits between the looks for an instance whose answer was lost. */
const LOOKS_MS = [300, 700, 1500, 3000];
/** A second look shortly after: whoever else has just bought one will have configured it by then. */
const CONFIRM_MS = 1000;

/**
 * Buys a new, empty instance. The call has no token and the instance no name yet, so a lost answer is never
 * followed by a second order: the new instance is looked for, and taken only when exactly one has appeared.
 * Orders of one run go one after the other, so that they cannot be taken for each other.
 */
export async function buyInstance(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
): Promise<InstanceIds> {
  return session.memory.exclusively(`buy ${inputs.region}`, async () => {
    const before = new Set((await emptyInstances(api, inputs)).map((job) => job.DtsInstanceID));
    try {
      const answer = await api.createInstance(order(inputs));
      const instanceId = answer.InstanceId ?? "";
      return { instanceId, jobId: answer.JobId ?? instanceId.replace(/^dts/, "") };
    } catch (error) {
      if (!(error instanceof ApiError) || !error.mayHaveWorked) throw error;
      return findLost(session, api, inputs, before, error);
    }
  });
}

async function findLost(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
  before: ReadonlySet<string | undefined>,
  cause: ApiError,
): Promise<InstanceIds> {
  const newcomers = async () =>
    (await emptyInstances(api, inputs)).filter((job) => !before.has(job.DtsInstanceID));
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
  const [job] = found;
  if (found.length === 1 && job?.DtsInstanceID !== undefined) {
    return { instanceId: job.DtsInstanceID, jobId: job.DtsJobId ?? job.DtsInstanceID.replace(/^dts/, "") };
  }
  throw found.length === 0 ? nothingAppeared(cause) : ambiguous(found, cause);
}

function nothingAppeared(cause: ApiError): ProviderError {
  return new ProviderError(
    "AnswerLost",
    `the answer to CreateDtsInstance was lost (${cause.code}) and no new instance has appeared; nothing is known to ` +
      "have been made. Run `pulumi up` again",
    { cause },
  );
}

function ambiguous(found: readonly ListedJob[], cause: ApiError): ProviderError {
  const candidates = found
    .map((job) => `${job.DtsInstanceID} (made ${job.CreateTime ?? "just now"})`)
    .join(", ");
  return new ProviderError(
    "AmbiguousCreate",
    `the answer to CreateDtsInstance was lost (${cause.code}) and several new instances have appeared: ${candidates}. ` +
      "Release those that nobody uses (DeleteDtsJob), then run `pulumi up` again",
    { cause },
  );
}

/** Instances of this kind that nobody has configured yet. */
async function emptyInstances(api: DtsApi, inputs: InstanceInputs): Promise<ListedJob[]> {
  const wireName = ENGINES[inputs.source.engine].createName.toLowerCase();
  const listed = await listJobs(api, { Status: "NotConfigured" });
  return listed.filter(
    (job) =>
      job.Status === "NotConfigured" &&
      (job.SourceEndpoint?.EngineName || wireName).toLowerCase() === wireName,
  );
}

function order(inputs: InstanceInputs) {
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
