import { DTS_ERRORS } from "../../../../contract/errors/index.ts";
import type { DtsApi } from "../../api/dts.ts";
import { hasCode } from "../../api/errors.ts";
import type { Session } from "../../host/session.ts";
import type { ObservedInstance } from "../../observe/instance.ts";
import { configuration } from "./configure.ts";
import { startAndWait, waitWhileBusy, whenSettled } from "./run.ts";
import { syncConfigured, syncPayType, syncTags } from "./sync.ts";
import type { Convergence } from "./wanted.ts";

/** States in which the instance still takes a configuration. */
const CONFIGURABLE = ["NotConfigured", "NotStarted", "PrecheckFailed"];

/** Brings an existing instance, whatever its state, to what the inputs say, and to Normal. Safe to repeat. */
export async function converge(
  session: Session,
  api: DtsApi,
  wanted: Convergence,
): Promise<ObservedInstance> {
  const settle = () => waitWhileBusy(session, api, wanted);
  await whenSettled(session, wanted, settle, () => sync(session, api, wanted));
  return whenSettled(session, wanted, settle, () => startAndWait(session, api, wanted));
}

async function sync(session: Session, api: DtsApi, wanted: Convergence): Promise<void> {
  const observed = await waitWhileBusy(session, api, wanted);
  if (CONFIGURABLE.includes(observed.status)) await configure(api, wanted);
  else await syncConfigured(session, api, wanted, observed);
  await syncPayType(api, wanted, observed);
  await syncTags(api, wanted);
}

async function configure(api: DtsApi, wanted: Convergence): Promise<void> {
  try {
    await api.configure(configuration(wanted.instanceId, wanted.inputs));
  } catch (error) {
    // Configured meanwhile, by the very call whose answer was lost.
    if (!hasCode(error, DTS_ERRORS.OperationDeniedInitStatus.code)) throw error;
  }
}
