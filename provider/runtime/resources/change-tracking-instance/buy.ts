import { ENGINES } from "../../../../contract/limits/engines.ts";
import { type DtsApi, TRACKING_JOB_TYPE } from "../../api/dts.ts";
import { ApiError } from "../../api/errors.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import type { ListedJob } from "../../observe/jobs.ts";
import { emptyInstances, type InstanceIds, onlyOne } from "./empty.ts";
import type { InstanceInputs } from "./inputs.ts";
import { createKey, findLeftBehind } from "./left-behind.ts";

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
    const left = await findLeftBehind(session, api, inputs);
    if (left !== undefined) return wentOn(session, inputs, left);
    const key = createKey(session, inputs);
    const before = (await emptyInstances(api, inputs)).map((job) => job.DtsInstanceID ?? "");
    session.unfinished.begin(key, { before });
    const ids = await order(session, api, inputs, before);
    session.unfinished.made(key, ids.instanceId);
    return ids;
  });
}

function wentOn(session: Session, inputs: InstanceInputs, left: InstanceIds): InstanceIds {
  const key = createKey(session, inputs);
  session.unfinished.made(key, left.instanceId);
  session.log.info(
    `went on with the instance ${left.instanceId} that an interrupted run had bought`,
    key.urn,
  );
  return left;
}

async function order(
  session: Session,
  api: DtsApi,
  inputs: InstanceInputs,
  before: readonly string[],
): Promise<InstanceIds> {
  try {
    const answer = await api.createInstance(orderOf(inputs));
    const instanceId = answer.InstanceId ?? "";
    return { instanceId, jobId: answer.JobId ?? instanceId.replace(/^dts/, "") };
  } catch (error) {
    if (error instanceof ApiError && error.mayHaveWorked)
      return findLost(session, api, inputs, before, error);
    session.unfinished.forget(createKey(session, inputs));
    throw error;
  }
}

async function findLost(
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
  if (ids === undefined) throw nothingAppeared(cause);
  return ids;
}

function nothingAppeared(cause: ApiError): ProviderError {
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
