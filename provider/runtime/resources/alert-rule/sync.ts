import { PartialError } from "../../host/errors.ts";
import { waitUntil } from "../../host/wait.ts";
import type { Properties } from "../../resource.ts";
import { assumedOutputs, observe, type RuleContext, ruleOutputs } from "./context.ts";
import { driftOf, type Observed, RULE_KEYS } from "./observed.ts";
import { ruleRequest } from "./request.ts";
import { syncTargets, type Targets } from "./targets.ts";

export interface Sync {
  readonly ruleId: string;
  /** Targets that the state knew. */
  readonly before: Targets | undefined;
  readonly untilMs: number;
}

/** Puts the rule where it differs from what is wanted. A rule that is to be disabled is disabled first, if it exists. */
export async function putRule(
  { api, inputs }: RuleContext,
  ruleId: string,
  present?: Observed,
): Promise<void> {
  if (inputs.enabled === false && present?.rule.EnableState === true) await api.disableRule(ruleId);
  if (present !== undefined && driftOf(inputs, present, RULE_KEYS).length === 0) return;
  await api.putRule(ruleRequest(inputs, ruleId, present?.rule));
}

/**
 * All that follows on the put: targets, then the switch. What fails leaves the rule in the state as it is, and the
 * next up does the rest.
 */
export async function finish(context: RuleContext, { ruleId, before, untilMs }: Sync): Promise<Properties> {
  try {
    const put = await whenListed(context, ruleId, untilMs, () => true);
    await switchRule(context, ruleId, put, false);
    await syncTargets(context.api, ruleId, context.inputs, before, put.targets);
    await switchRule(context, ruleId, put, true);
    const seen = await whenListed(
      context,
      ruleId,
      untilMs,
      ({ rule }) => rule.EnableState === isWanted(context),
    );
    return ruleOutputs(context, ruleId, seen);
  } catch (error) {
    throw new PartialError(ruleId, await outputsNow(context, ruleId), error);
  }
}

/** Switched off at once, switched on last. */
async function switchRule(
  context: RuleContext,
  ruleId: string,
  { rule }: Observed,
  turn: boolean,
): Promise<void> {
  if (isWanted(context) !== turn || rule.EnableState === turn) return;
  await (turn ? context.api.enableRule(ruleId) : context.api.disableRule(ruleId));
}

function isWanted({ inputs }: RuleContext): boolean {
  return inputs.enabled ?? true;
}

export async function outputsNow(context: RuleContext, ruleId: string): Promise<Properties> {
  const seen = await observe(context.api, ruleId).catch(() => undefined);
  return seen === undefined ? assumedOutputs(context, ruleId) : ruleOutputs(context, ruleId, seen);
}

async function whenListed(
  context: RuleContext,
  ruleId: string,
  untilMs: number,
  isDone: (seen: Observed) => boolean,
): Promise<Observed> {
  const seen = await waitUntil({
    clock: context.session.clock,
    log: context.session.log,
    urn: context.urn,
    untilMs,
    what: `alert rule "${context.inputs.name}" (${ruleId}) to be listed as it was put`,
    look: () => observe(context.api, ruleId),
    isDone: (one) => one !== undefined && isDone(one),
    describe: (one) => (one === undefined ? "not there" : one.rule.EnableState ? "enabled" : "disabled"),
    advice: "Run `pulumi up` again, or raise timeouts.",
  });
  if (seen === undefined) throw new Error("waited for nothing");
  return seen;
}
