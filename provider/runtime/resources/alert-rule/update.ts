import { PartialError, ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { contextOf, observe } from "./context.ts";
import { finish, outputsNow, putRule } from "./sync.ts";
import type { Targets } from "./targets.ts";

/** Sets what differs: the whole rule in one call where any of it does, then targets and switch. */
export async function updateRule(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const context = contextOf(session, news);
  const untilMs = deadlineMs(session, news, "update");
  const present = await observe(context.api, id);
  if (present === undefined) {
    throw new ProviderError(
      "NotFound",
      `the alert rule "${context.inputs.name}" (${id}) is not there any more; run \`pulumi refresh\`, then \`pulumi up\` ` +
        "makes it again",
    );
  }
  session.memory.hold(id);
  try {
    await putRule(context, id, present);
  } catch (error) {
    throw new PartialError(id, await outputsNow(context, id), error);
  }
  return finish(context, { ruleId: id, before: olds.targets as Targets | undefined, untilMs });
}
