import { PartialError } from "../../host/errors.ts";
import { waitUntil } from "../../host/wait.ts";
import type { Properties } from "../../resource.ts";
import { driftOf, type Observed, RULE_KEYS } from "./seen.ts";
import { syncTargets, type Targets } from "./targets.ts";
import { ruleRequest } from "./wire.ts";
import { assumedOutputs, observe, ruleOutputs, type Work } from "./work.ts";

export interface Sync {
  readonly ruleId: string;
  /** Targets that the state knew. */
  readonly before: Targets | undefined;
  readonly untilMs: number;
}

/** Puts the rule where it differs from what is wanted. A rule that is to be disabled is disabled first, if it exists. */
export async function putRule({ api, inputs }: Work, ruleId: string, present?: Observed): Promise<void> {
  if (inputs.enabled === false && present?.rule.EnableState === true) await api.disableRule(ruleId);
  if (present !== undefined && driftOf(inputs, present, RULE_KEYS).length === 0) return;
  await api.putRule(ruleRequest(inputs, ruleId, present?.rule));
}

/**
 * All that follows on the put: targets, then the switch. What fails leaves the rule in the state as it is, and the
 * next up does the rest.
 */
export async function finish(work: Work, { ruleId, before, untilMs }: Sync): Promise<Properties> {
  try {
    const put = await whenListed(work, ruleId, untilMs, () => true);
    await switchRule(work, ruleId, put, false);
    await syncTargets(work.api, ruleId, work.inputs, before, put.targets);
    await switchRule(work, ruleId, put, true);
    const seen = await whenListed(work, ruleId, untilMs, ({ rule }) => rule.EnableState === isWanted(work));
    return ruleOutputs(work, ruleId, seen);
  } catch (error) {
    throw new PartialError(ruleId, await outputsNow(work, ruleId), error);
  }
}

/** Switched off at once, switched on last. */
async function switchRule(work: Work, ruleId: string, { rule }: Observed, turn: boolean): Promise<void> {
  if (isWanted(work) !== turn || rule.EnableState === turn) return;
  await (turn ? work.api.enableRule(ruleId) : work.api.disableRule(ruleId));
}

function isWanted({ inputs }: Work): boolean {
  return inputs.enabled ?? true;
}

export async function outputsNow(work: Work, ruleId: string): Promise<Properties> {
  const seen = await observe(work.api, ruleId).catch(() => undefined);
  return seen === undefined ? assumedOutputs(work, ruleId) : ruleOutputs(work, ruleId, seen);
}

async function whenListed(
  work: Work,
  ruleId: string,
  untilMs: number,
  isDone: (seen: Observed) => boolean,
): Promise<Observed> {
  const seen = await waitUntil({
    clock: work.session.clock,
    log: work.session.log,
    urn: work.urn,
    untilMs,
    what: `alert rule "${work.inputs.name}" (${ruleId}) to be listed as it was put`,
    look: () => observe(work.api, ruleId),
    isDone: (one) => one !== undefined && isDone(one),
    describe: (one) => (one === undefined ? "not there" : one.rule.EnableState ? "enabled" : "disabled"),
    advice: "Run `pulumi up` again, or raise timeouts.",
  });
  if (seen === undefined) throw new Error("waited for nothing");
  return seen;
}
