import { createHash } from "node:crypto";
import { CMS_ERRORS } from "../../../../contract/errors/index.ts";
import { ALERT_PRODUCTS } from "../../../schema/alert-rule.ts";
import { CmsApi, type RuleRecord } from "../../api/cms.ts";
import { hasCode } from "../../api/errors.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";
import { type RuleInputs, ruleInputs } from "./inputs.ts";
import { type Observed, observedInputs } from "./observed.ts";

/** What the steps on one rule share. */
export interface RuleContext {
  readonly session: Session;
  readonly api: CmsApi;
  readonly inputs: RuleInputs;
  /** The rule is in the state, so this is no `.get()`. */
  readonly isManaged: boolean;
  /** URN of the resource, for messages; undefined where it is not known. */
  readonly urn: string | undefined;
}

export function contextOf(session: Session, props: Properties): RuleContext {
  const inputs = ruleInputs(session, props);
  return {
    session,
    inputs,
    api: new CmsApi(session.api, inputs.region),
    isManaged: props.ruleId !== undefined || props.trigger !== undefined,
    urn: session.memory.urnOf("AlertRule", props),
  };
}

/**
 * The id that a rule gets. PutResourceMetricRule takes the id from its caller and overwrites whatever has it, so it is
 * fixed before the first call, and the same for the same rule: an answer that was lost costs nothing. `turn` counts
 * from 1, for the case that a rule which was renamed since still has the id.
 */
export function ruleIdFor({ region, product, metric, name }: RuleInputs, turn: number): string {
  const parts = JSON.stringify([region, ALERT_PRODUCTS[product], metric, name]);
  const id = `change-tracking-${createHash("sha256").update(parts).digest("hex").slice(0, 24)}`;
  return turn === 1 ? id : `${id}-${turn}`;
}

export async function findRule(api: CmsApi, ruleId: string): Promise<RuleRecord | undefined> {
  const { Alarms } = await api.rules({ RuleIds: ruleId });
  return Alarms?.Alarm?.find((rule) => rule.RuleId === ruleId);
}

/** A rule with its targets; undefined when it is gone. */
export async function observe(api: CmsApi, ruleId: string): Promise<Observed | undefined> {
  const rule = await findRule(api, ruleId);
  if (rule === undefined) return undefined;
  try {
    return { rule, targets: (await api.targets(ruleId)).Targets?.Target ?? [] };
  } catch (error) {
    if (hasCode(error, CMS_ERRORS.ResourceNotFound.code)) return undefined;
    throw error;
  }
}

/** The state: every input as the service has it, and what was observed. */
export function ruleOutputs(
  { inputs, isManaged }: RuleContext,
  ruleId: string,
  observed: Observed,
): Properties {
  const { region, adoptExisting, timeouts } = inputs;
  return {
    ...observedInputs(inputs, observed, isManaged),
    region,
    ...(adoptExisting === undefined ? {} : { adoptExisting }),
    ...(timeouts === undefined ? {} : { timeouts }),
    ruleId,
    alertState: observed.rule.AlertState ?? "",
  };
}

/** For a failure after which nobody could be asked. */
export function assumedOutputs({ inputs }: RuleContext, ruleId: string): Properties {
  return { ...inputs, ruleId, alertState: "" };
}
