import { metricOf } from "../../../../contract/cms/metrics.ts";
import { isPrivateUrl, MUTE_SECONDS } from "../../../../contract/limits/cms.ts";
import { withRule } from "../../../../contract/validation/refusal.ts";
import { ALERT_PRODUCTS, type AlertProduct, alertRule } from "../../../schema/alert-rule.ts";
import { judge } from "../../../schema/unknown.ts";
import { changedKeys } from "../../equal.ts";
import type { Declared } from "../../host/memory.ts";
import type { Session } from "../../host/session.ts";
import type { CheckFailure, CheckResult, KnownIdentity, Properties } from "../../resource.ts";
import { failuresOf, type Judged, withDefaults } from "../shared/inputs.ts";
import { knownString, notUniqueFailures, notUniqueMessage } from "../shared/unique.ts";
import { judgeContacts } from "./contacts.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The rules of the schema, one rule for each name and metric, the contact groups, and what only the cloud lacks. */
export async function checkRule(
  session: Session,
  identity: KnownIdentity,
  olds: Properties,
  news: Properties,
): Promise<CheckResult> {
  const { inputs, violations, conflicts } = judgeRule(session, identity, news);
  const contacts = await contactFailures(session, identity, olds, inputs);
  const failures = [...failuresOf(violations), ...conflicts, ...contacts];
  if (isCloud(session, inputs)) warnOfLocal(session, identity, inputs);
  return { inputs, failures };
}

/** The part of the check that needs neither state nor service; warns of what is not said to work. */
export function judgeRule(session: Session, identity: KnownIdentity, news: Properties): Judged {
  const inputs = withDefaults(news, { name: identity.logicalName, region: session.settings.region });
  const violations = judge(alertRule, inputs);
  const conflicts = duplicates(session, identity, inputs);
  warnOfShortMute(session, identity, inputs);
  return { inputs, violations, conflicts };
}

/** A rule that stays as it is does not hold up the program when somebody has deleted its contact group; it warns. */
async function contactFailures(
  session: Session,
  { self }: KnownIdentity,
  olds: Properties,
  inputs: Properties,
): Promise<CheckFailure[]> {
  if (session.isOffline) return [];
  const failures = await judgeContacts(session, inputs, self);
  if (olds.name === undefined || changedKeys(olds, inputs, INPUT_KEYS).length > 0) return failures;
  for (const { reason, rule } of failures) {
    if (session.memory.isNew(`${self} ${reason}`)) session.log.warn(withRule(reason, rule), self);
  }
  return [];
}

/** The id is made of these, so two such rules would be one. */
function duplicates(
  session: Session,
  { self, said = [] }: KnownIdentity,
  inputs: Properties,
): CheckFailure[] {
  const parts = [inputs.region, inputs.product, inputs.metric, inputs.name].map(knownString);
  const [region, product, metric, name] = parts;
  if (self === undefined || name === undefined || parts.includes(undefined)) return [];
  const scopeId = `${region} ${product} ${metric}`;
  const nothing = { scopeUrn: undefined, oldName: undefined, account: undefined };
  const rule: Declared = { kind: "alertRule", self, scopeId, name, ...nothing, said };
  session.memory.declare(rule);
  const other = session.memory
    .declared("alertRule")
    .find((one) => one.self !== self && one.scopeId === scopeId && one.name === name);
  const within = `among the alert rules on ${metric}`;
  return notUniqueFailures("name", rule, other, (one) => notUniqueMessage("name", within, name, one));
}

/** ALR-5: what clients are known to send, and the published page does not have. */
function warnOfShortMute(session: Session, { self }: KnownIdentity, { muteSeconds }: Properties): void {
  const { min, publishedMin } = MUTE_SECONDS;
  if (typeof muteSeconds !== "number" || muteSeconds < min || muteSeconds >= publishedMin) return;
  const text =
    `muteSeconds ${muteSeconds} is below the ${publishedMin} s that the page of PutResourceMetricRule names as the least: ` +
    "CloudMonitor may refuse it";
  if (session.memory.isNew(`${self} ${text}`)) session.log.warn(withRule(text, "ALR-5"), self);
}

/** ALR-4 and ALR-9: what works with the local service and not in the cloud. */
function warnOfLocal(session: Session, { self }: KnownIdentity, inputs: Properties): void {
  const warn = (text: string, rule: string) => {
    if (session.memory.isNew(`${self} ${text}`)) session.log.warn(withRule(text, rule), self);
  };
  const [product, metric, url] = [inputs.product, inputs.metric, inputs.callbackUrl].map(knownString);
  const namespace = Object.hasOwn(ALERT_PRODUCTS, product ?? "")
    ? ALERT_PRODUCTS[product as AlertProduct]
    : undefined;
  if (namespace !== undefined && metric !== undefined && metricOf(namespace, metric)?.local === true) {
    warn(
      `metric ${metric} is a name of the local service: no published name of ${namespace} was found, and CloudMonitor ` +
        "will not know it",
      "ALR-4",
    );
  }
  if (url !== undefined && isPrivateUrl(url)) {
    // The address may hold a key, so only its host is named.
    warn(
      `callbackUrl leads to ${new URL(url).hostname}, which CloudMonitor cannot reach: it calls over the Internet`,
      "ALR-9",
    );
  }
}

function isCloud({ settings }: Session, { region }: Properties): boolean {
  if (settings.target === "cloud") return true;
  const { host } = settings.endpointOf("cms", knownString(region) ?? settings.region);
  return /\.aliyuncs\.com(:\d+)?$/.test(host);
}
