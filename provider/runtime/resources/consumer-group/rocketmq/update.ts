import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { find, groupOutputs, heldKey, whenRunning, workOn } from "./work.ts";

/** Sets what differs in one call, on 5.x; all else lives in the state only. */
export async function updateGroup(
  session: Session,
  id: string,
  _olds: Properties,
  news: Properties,
): Promise<Properties> {
  const work = workOn(session, news);
  const { inputs, series } = work;
  const group = await find(work);
  if (group === undefined) {
    throw new ProviderError(
      "NotFound",
      `the consumer group "${id}" is not on instance ${inputs.instance} any more; ` +
        "run `pulumi refresh`, then `pulumi up` makes it again",
    );
  }
  session.memory.hold(heldKey(work));
  if (Object.keys(group.drift).length > 0 && series.update !== undefined) {
    await series.update(session, inputs);
  }
  const seen = await whenRunning(work, deadlineMs(session, news, "update"));
  return groupOutputs(work, seen, await series.activity(session, inputs));
}
