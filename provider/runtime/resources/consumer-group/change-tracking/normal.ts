import { GROUPS_NEED_STATUS } from "../../../../../contract/limits/dts.ts";
import { DtsApi } from "../../../api/dts.ts";
import type { ApiError } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import { waitUntil } from "../../../host/wait.ts";
import { retryWhileBusy } from "../../shared/retry-while-busy.ts";
import type { GroupInputs } from "./inputs.ts";

/** States that do not become Normal by themselves. */
const STUCK = ["NotConfigured", "NotStarted", "PrecheckFailed", "Abnormal", "Locked", "Finished"];

/** Makes a call that needs the instance to be Normal (DTS-11); waits and repeats it while the instance is on its way there. */
export function whenNormal<T>(
  session: Session,
  inputs: GroupInputs,
  untilMs: number,
  call: () => Promise<T>,
): Promise<T> {
  return retryWhileBusy(call, (refusal) => {
    sayOnce(session, inputs, refusal, untilMs);
    return waitForNormal(session, inputs, untilMs);
  });
}

/** Why nothing seems to happen, and for how long at most. */
function sayOnce(session: Session, inputs: GroupInputs, error: ApiError, untilMs: number): void {
  if (!session.memory.isNew(`not normal ${inputs.instance} ${error.action}`)) return;
  const seconds = Math.max(0, Math.round((untilMs - session.clock.nowMs()) / 1000));
  session.log.info(
    `${error.action} of the consumer group "${inputs.name}" was refused (${error.code}): instance ${inputs.instance} is not ` +
      `${GROUPS_NEED_STATUS} now. It is tried again when it is, for ${seconds} seconds at most`,
    session.memory.urnOf("ConsumerGroup", inputs),
  );
}

async function waitForNormal(session: Session, inputs: GroupInputs, untilMs: number): Promise<void> {
  const api = new DtsApi(session.api, inputs.region);
  await waitUntil({
    clock: session.clock,
    log: session.log,
    urn: session.memory.urnOf("ConsumerGroup", inputs),
    untilMs,
    what: `instance ${inputs.instance} to be ${GROUPS_NEED_STATUS}`,
    look: async () => (await api.jobDetail({ DtsInstanceID: inputs.instance })).Status ?? "",
    isDone: (status) => {
      if (!STUCK.includes(status)) return status === GROUPS_NEED_STATUS;
      throw new ProviderError(
        "InstanceNotNormal",
        `instance ${inputs.instance} is ${status}, and consumer groups can be changed only while it is ` +
          `${GROUPS_NEED_STATUS}. Start it (StartDtsJob, or \`pulumi up\` of the instance) and run again`,
        { rule: "DTS-11" },
      );
    },
    describe: (status) => status,
    advice: "Run `pulumi up` again when it is, or raise timeouts.",
  });
}
