import type { Resource } from "../../../contract/limits/cms.ts";
import { namesListed } from "../../../contract/limits/message.ts";
import { ALERT_PRODUCTS, type AlertProduct } from "../../schema/alert-rule.ts";
import { CMS_PAGE_SIZE, CmsApi, type RuleFilter, type RuleRecord } from "../api/cms.ts";
import { readPages } from "../api/pages.ts";
import type { Session } from "../host/session.ts";
import type { Properties } from "../resource.ts";

const PAGES_MAX = 20;
/** A list younger than this serves all groups that are deleted in one run. */
const LIST_MS_MAX = 5_000;

/** All rules that a filter finds, up to a bound. */
export function listRules(api: CmsApi, filter: RuleFilter): Promise<RuleRecord[]> {
  const read = async (page: number) => (await api.rules(filter, page)).Alarms?.Alarm;
  return readPages(CMS_PAGE_SIZE, PAGES_MAX, read);
}

/**
 * The rules that watch a consumer group; none on a platform that has no alerts. `group` are its properties, of which a
 * missing instance means that nobody knows it. One short try: a service that cannot be asked makes it throw.
 */
export async function rulesWatching(
  session: Session,
  groupId: string,
  group: Properties,
): Promise<RuleRecord[]> {
  const namespace = ALERT_PRODUCTS[group.platform as AlertProduct];
  if (namespace === undefined) return [];
  const region = typeof group.region === "string" ? group.region : session.settings.region;
  const instance = group.instance ?? group.iotInstanceId;
  const list = () => listRules(new CmsApi(session.api, region, true), { Namespace: namespace });
  const age = { clock: session.clock, ageMsMax: LIST_MS_MAX };
  const key = `alert rules ${region} ${namespace}`;
  const rules = await session.memory.once(key, list, { age, keepFailure: true });
  return rules.filter(
    ({ RuleId = "", Resources }) =>
      !session.memory.isHeld(deletedKey(RuleId)) &&
      (parsedResources(Resources) ?? []).some(
        (one) =>
          one.groupId === groupId &&
          (one.instanceId === undefined || instance === undefined || one.instanceId === instance),
      ),
  );
}

/** The rules as a message names them. */
export function rulesListed(rules: readonly RuleRecord[]): string {
  return namesListed(
    rules.map(({ RuleName, RuleId }) => `"${RuleName}" (${RuleId})`),
    "and",
  );
}

/** A list may be older than the delete of a rule. */
export function noteDeleted(session: Session, ruleId: string): void {
  session.memory.hold(deletedKey(ruleId));
}

function deletedKey(ruleId: string): string {
  return `deleted alert rule ${ruleId}`;
}

/** Undefined when it is no list of maps of texts. No text means everything. */
export function parsedResources(text: string | undefined): Resource[] | undefined {
  if (text === undefined || text === "") return [];
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return undefined;
    const isMap = (one: unknown) => typeof one === "object" && one !== null && !Array.isArray(one);
    return value.every(isMap) ? (value as Resource[]) : undefined;
  } catch {
    return undefined;
  }
}
