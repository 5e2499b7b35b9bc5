import type { DtsApi } from "../../api/dts.ts";
import { DtsApi as Dts } from "../../api/dts.ts";
import { PartialError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { findAdoptable } from "./adopt.ts";
import { buyInstance } from "./buy.ts";
import { converge } from "./converge.ts";
import type { InstanceIds } from "./empty.ts";
import { type InstanceInputs, instanceInputs, instanceOutputs, KIND } from "./inputs.ts";
import { createKey } from "./left-behind.ts";

/**
 * Buys an instance (or takes one over with `adoptExisting`), configures and starts it and waits until it is
 * Normal. From the moment it exists a failure keeps it in the state, and the next up goes on from there.
 */
export async function createInstance(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = instanceInputs(session, props);
  const api = new Dts(session.api, inputs.region);
  const untilMs = deadlineMs(session, props, "create");
  const ids = await obtain(session, api, inputs);
  session.memory.hold(ids.instanceId);
  try {
    const observed = await converge(session, api, { ...ids, inputs, untilMs, isPasswordNew: true });
    return { id: ids.instanceId, outs: instanceOutputs(inputs, observed) };
  } catch (error) {
    throw new PartialError(ids.instanceId, { ...inputs, ...ids }, error);
  } finally {
    // Either way the engine gets the id now.
    session.unfinished.handOver(createKey(session, inputs));
  }
}

async function obtain(session: Session, api: DtsApi, inputs: InstanceInputs): Promise<InstanceIds> {
  const adopts = inputs.adoptExisting === true || session.settings.adoptsExisting;
  const adopted = adopts ? await findAdoptable(session, api, inputs) : undefined;
  if (adopted === undefined) return buyInstance(session, api, inputs);
  session.memory.holders.takeOver(adopted.instanceId);
  session.log.info(
    `took over the change tracking instance "${inputs.name}" (${adopted.instanceId})`,
    session.memory.urnOf(KIND, inputs),
  );
  return adopted;
}
