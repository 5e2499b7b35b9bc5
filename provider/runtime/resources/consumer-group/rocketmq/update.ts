import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { contextOf, find, groupOutputs, heldKey, whenRunning } from "./context.ts";

/** Sets what differs in one call, on 5.x; all else lives in the state only. */
export async function updateGroup(
  session: Session,
  id: string,
  _olds: Properties,
  news: Properties,
): Promise<Properties> {
  const context = contextOf(session, news);
  const { inputs, series } = context;
  const group = await find(context);
  if (group === undefined) {
    throw new ProviderError(
      "NotFound",
      `the consumer group "${id}" is not on instance ${inputs.instance} any more; ` +
        "run `pulumi refresh`, then `pulumi up` makes it again",
    );
  }
  session.memory.hold(heldKey(context));
  if (Object.keys(group.drift).length > 0 && series.update !== undefined) {
    await series.update(session, inputs);
  }
  const seen = await whenRunning(context, deadlineMs(session, news, "update"));
  return groupOutputs(context, seen, await series.activity(session, inputs));
}
