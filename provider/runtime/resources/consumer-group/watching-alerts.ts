import type { RuleRecord } from "../../api/cms.ts";
import type { Session } from "../../host/session.ts";
import { rulesListed, rulesWatching } from "../../observe/alert-rules.ts";
import type { Properties } from "../../resource.ts";

/**
 * Names the alert rules that watch a consumer group which has just been deleted: they have nothing to watch now. Rules
 * that were given the group as a resource are gone before it. A service that cannot be asked says nothing. `held` is
 * what the run remembers the group by.
 */
export async function warnOfAlerts(
  session: Session,
  held: string,
  groupId: string,
  group: Properties,
): Promise<void> {
  const { memory } = session;
  // Another resource of the run has the group, so that its delete left it; or one that takes its place is made.
  if (memory.isHeld(held) || memory.holders.isReplaced(held)) return;
  try {
    const rules = await rulesWatching(session, groupId, group);
    if (rules.length > 0)
      session.log.warn(warning(groupId, group, rules), memory.urnOf("ConsumerGroup", group));
  } catch {
    // A delete never fails for what is only said about it.
  }
}

function warning(groupId: string, { name }: Properties, rules: readonly RuleRecord[]): string {
  const one = rules.length === 1;
  return (
    `the consumer group "${name}" (${groupId}) is deleted, and the alert rule${one ? "" : "s"} ${rulesListed(rules)} ` +
    `still watch${one ? "es" : ""} it: delete ${one ? "it" : "them"} or take the group off`
  );
}
