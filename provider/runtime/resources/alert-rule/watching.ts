import { listed } from "../../../../contract/limits/message.ts";
import { ALERT_PRODUCTS, type AlertProduct } from "../../../schema/alert-rule.ts";
import { CmsApi, type RuleRecord } from "../../api/cms.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";
import type { GroupInputs } from "../consumer-group/rocketmq/inputs.ts";
import { heldKey } from "../consumer-group/rocketmq/work.ts";
import { parsed } from "./range.ts";
import { listRules } from "./work.ts";

/** Many groups are deleted in one run: one list serves those of a few seconds. */
const LIST_MS_MAX = 5_000;
/** Rules that a warning names. */
const NAMED_MAX = 10;

/** What marks a rule that this run has deleted; a list may be older. */
export function deletedKey(ruleId: string): string {
  return `deleted alert rule ${ruleId}`;
}

/**
 * Names the alert rules that watch a consumer group which has just been deleted: they have nothing to watch now. Rules
 * that were given the group as a resource are gone before it. A service that cannot be asked says nothing.
 */
export async function warnOfAlerts(session: Session, groupId: string, group: Properties): Promise<void> {
  const namespace = ALERT_PRODUCTS[group.platform as AlertProduct];
  if (namespace === undefined || isKept(session, groupId, group)) return;
  const region = typeof group.region === "string" ? group.region : session.settings.region;
  const instance = group.instance ?? group.iotInstanceId;
  const age = { clock: session.clock, ageMsMax: LIST_MS_MAX };
  const list = () => listRules(new CmsApi(session.api, region, true), { Namespace: namespace });
  try {
    const key = `alert rules ${region} ${namespace}`;
    const rules = await session.memory.once(key, list, { age, keepFailure: true });
    const watching = rules.filter(
      (rule) => watches(rule, groupId, instance) && !session.memory.isHeld(deletedKey(rule.RuleId ?? "")),
    );
    if (watching.length === 0) return;
    const urn = session.memory.urnOf("ConsumerGroup", group);
    session.log.warn(warning(groupId, group, watching), urn);
  } catch {
    // A delete never fails for what is only said about it.
  }
}

/** Another resource of the run has the group, so that its delete left it; or one that takes its place is made. */
function isKept({ memory }: Session, groupId: string, group: Properties): boolean {
  const inputs = group as unknown as GroupInputs;
  return [groupId, heldKey({ inputs })].some(
    (held) => memory.isHeld(held) || memory.holders.isReplaced(held),
  );
}

function watches({ Resources }: RuleRecord, groupId: string, instance: unknown): boolean {
  return (parsed(Resources) ?? []).some(
    (one) =>
      one.groupId === groupId &&
      (one.instanceId === undefined || instance === undefined || one.instanceId === instance),
  );
}

function warning(groupId: string, { name }: Properties, rules: readonly RuleRecord[]): string {
  const named = rules.slice(0, NAMED_MAX).map((rule) => `"${rule.RuleName}" (${rule.RuleId})`);
  const more = rules.length > NAMED_MAX ? [`${rules.length - NAMED_MAX} more`] : [];
  const one = rules.length === 1;
  return (
    `the consumer group "${name}" (${groupId}) is deleted, and the alert rule${one ? "" : "s"} ${listed([...named, ...more], "and")} ` +
    `still watch${one ? "es" : ""} it: delete ${one ? "it" : "them"} or take the group off`
  );
}
