import { unended } from "../../../../contract/limits/message.ts";
import type { DtsApi } from "../../api/dts.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { waitUntil } from "../../host/wait.ts";
import type { ObservedInstance } from "../../observe/instance.ts";
import { listJobs } from "../../observe/jobs.ts";
import { retryWhileBusy } from "../shared/retry-while-busy.ts";
import { KIND } from "./inputs.ts";
import { type Convergence, mustObserve, RUNNING } from "./wanted.ts";

/** States that become another one by themselves. */
const TRANSITIONAL = [
  "Prechecking",
  "PreCheckPass",
  "Starting",
  "Modifying",
  "Retrying",
  "Upgrade",
  "Downgrade",
];
/** Looks after a start that may still see the state of before. */
const STALE_LOOKS_MAX = 5;

/** The instance once nothing is under way, so that a change is not refused for that. */
export async function waitWhileBusy(
  session: Session,
  api: DtsApi,
  wanted: Convergence,
): Promise<ObservedInstance> {
  return waitUntil({
    ...waiting(session, api, wanted, "to settle"),
    isDone: ({ status }) => !TRANSITIONAL.includes(status) || status === "Retrying",
  });
}

/** Between two tries when the state tells no reason to wait. */
const RETRY_MS = 1_000;

/** Makes calls again that are refused while the instance is on the move; says why it waits and how long. */
export function whenSettled<T>(
  session: Session,
  wanted: Pick<Convergence, "instanceId" | "inputs" | "untilMs">,
  settle: () => Promise<unknown>,
  calls: () => Promise<T>,
): Promise<T> {
  return retryWhileBusy(calls, async (refusal, tries) => {
    const leftMs = wanted.untilMs - session.clock.nowMs();
    if (leftMs <= 0) throw refusal;
    if (tries === 1) {
      session.log.info(
        `${refusal.action} was refused (${refusal.code}): instance ${wanted.instanceId} is on the move. It is tried again ` +
          `when it has settled, for ${Math.round(leftMs / 1000)} seconds at most`,
        session.memory.urnOf(KIND, wanted.inputs),
      );
    }
    await settle();
    await session.clock.sleep(Math.min(RETRY_MS, leftMs));
  });
}

/** Starts the instance unless it runs, and waits until it does; a failed precheck ends it with the reasons. */
export async function startAndWait(
  session: Session,
  api: DtsApi,
  wanted: Convergence,
): Promise<ObservedInstance> {
  const before = await mustObserve(api, wanted);
  if (before.status === RUNNING) return before;
  if (before.status === "Finished" || before.status === "Locked") throw notNormalError(before);
  if (!TRANSITIONAL.includes(before.status)) await api.start({ DtsInstanceId: wanted.instanceId });
  let staleLooks = 0;
  return waitUntil({
    ...waiting(session, api, wanted, `to be ${RUNNING}`),
    isDone: async (seen) => {
      if (seen.status === RUNNING) return true;
      const isOld = seen.status === before.status && before.status !== "NotStarted";
      if (isOld && !TRANSITIONAL.includes(seen.status)) staleLooks += 1;
      if (isOld && staleLooks < STALE_LOOKS_MAX) return false;
      if (seen.status === "PrecheckFailed") throw await precheckFailedError(api, seen);
      if (seen.status === "Abnormal" || seen.status === "Finished" || seen.status === "Locked")
        throw notNormalError(seen);
      return false;
    },
  });
}

function waiting(session: Session, api: DtsApi, wanted: Convergence, goal: string) {
  return {
    clock: session.clock,
    log: session.log,
    urn: session.memory.urnOf(KIND, wanted.inputs),
    untilMs: wanted.untilMs,
    what: `instance ${wanted.instanceId} ${goal}`,
    look: () => mustObserve(api, wanted),
    describe: ({ status, errorMessage }: ObservedInstance) =>
      errorMessage === "" ? status : `${status}: ${errorMessage}`,
    advice:
      "Look at the instance in its console; `pulumi up` goes on from there. timeouts sets how long to wait.",
  };
}

async function precheckFailedError(api: DtsApi, seen: ObservedInstance): Promise<ProviderError> {
  const [job] = await listJobs(api, { DtsInstanceId: seen.instanceId });
  const failed = (job?.PrecheckStatus?.Detail ?? []).filter((item) => item.FailedReason);
  const reasons = failed.map((item) =>
    unended(`${item.CheckItem}: ${item.FailedReason} ${item.RepairMethod ?? ""}`),
  );
  const text =
    reasons.length > 0 ? reasons.join("; ") : job?.PrecheckStatus?.ErrorMessage || seen.errorMessage;
  return new ProviderError(
    "PrecheckFailed",
    `the precheck of instance ${seen.instanceId} failed: ${unended(text) || "no reason given"}. ` +
      "The instance is kept; mend the source or the inputs and run `pulumi up` again",
  );
}

function notNormalError(seen: ObservedInstance): ProviderError {
  const reason = seen.errorMessage === "" ? "" : `: ${unended(seen.errorMessage)},`;
  return new ProviderError(
    "InstanceNotNormal",
    `instance ${seen.instanceId} is ${seen.status}${reason} and does not become ${RUNNING} by itself. ` +
      "Look at it in its console, then run `pulumi up` again",
  );
}
