import { METRIC_PERIOD_SECONDS, type Metric } from "../../../contract/cms/metrics.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import {
  LEVEL_MEANS,
  LEVELS,
  type Resource,
  resourceRefusal,
  statisticRefusal,
} from "../../../contract/limits/cms.ts";
import type { Refusal } from "../../../contract/validation/refusal.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Rule, Target } from "../entities.ts";
import { cmsStore } from "../store.ts";
import { contactGroupOf, hasMeans } from "./contacts.ts";
import { knownMetric } from "./metrics.ts";

export type RuleInput = Omit<
  Rule,
  "enabled" | "state" | "createdAtMs" | "updatedAtMs" | "sealedWebhook" | "periodSeconds"
> & {
  readonly periodSeconds?: number | undefined;
  readonly watched: readonly Resource[];
  readonly webhook?: string | undefined;
};

/**
 * Makes a rule, or replaces all of it but its targets and whether it is enabled. A new rule is enabled and has no
 * state yet, because nothing was measured.
 */
export function putRule(kernel: Kernel, input: RuleInput): void {
  const { rules } = cmsStore(kernel.store);
  const { watched, webhook, periodSeconds, ...rest } = input;
  const metric = knownMetric(kernel, input.namespace, input.metric);
  if (metric) judgeMetric(metric, input);
  judgeTrigger(input);
  const sealedWebhook = webhook === undefined ? undefined : kernel.vault.seal(webhook);
  const now = kernel.clock.now();
  kernel.store.transaction(() => {
    judgeContacts(kernel, input);
    const present = rules.get(input.ruleId);
    rules.put({
      ...rest,
      periodSeconds: periodSeconds ?? METRIC_PERIOD_SECONDS,
      sealedWebhook,
      enabled: present?.enabled ?? true,
      state: present?.state ?? "INSUFFICIENT_DATA",
      createdAtMs: present?.createdAtMs ?? now,
      updatedAtMs: now,
    });
  });
}

/** ALR-1 and ALR-3. */
function judgeMetric(metric: Metric, input: RuleInput): void {
  judgeResources(metric, input.watched);
  for (const level of LEVELS) {
    const condition = input.levels[level];
    if (condition)
      refuseIf(`Escalations.${level}.Statistics`, statisticRefusal(metric, condition.statistics));
  }
}

/** ALR-1. */
function judgeResources(metric: Metric, resources: readonly Resource[]): void {
  for (const resource of resources) refuseIf("Resources", resourceRefusal(metric, resource));
}

/** ALR-2: a rule has a condition, and only of one kind. */
function judgeTrigger(input: RuleInput): void {
  const hasLevel = LEVELS.some((level) => input.levels[level] !== undefined);
  if (hasLevel && input.composite)
    refuseIf("CompositeExpression", { text: "must not be sent together with Escalations", rule: "ALR-2" });
  if (!hasLevel && !input.composite && !input.prometheus) {
    const one = "must hold a condition for at least one of Critical, Warn and Info";
    refuseIf("Escalations", { text: one, rule: "ALR-2" });
  }
}

/** ALR-2. Whether anybody in the groups can be reached is not judged: clients make a group before its contacts. */
function judgeContacts(kernel: Kernel, input: RuleInput): void {
  for (const name of input.contactGroups) contactGroupOf(kernel, name);
}

/** ALR-7: rules that would tell nobody as things stand, by level, with the means that are missing. */
export function unheardRules(kernel: Kernel, rulesMax: number) {
  const { rules } = cmsStore(kernel.store);
  const found = rules.all().flatMap((rule) => {
    const levels = LEVELS.filter(
      (level) => rule.levels[level] !== undefined && !hasMeans(kernel, rule.contactGroups, level),
    );
    return rule.sealedWebhook !== undefined || levels.length === 0 ? [] : [{ rule, levels }];
  });
  return found.slice(0, rulesMax).map(({ rule: { ruleId, name, contactGroups }, levels }) => ({
    ruleId,
    name,
    contactGroups,
    levels: levels.map((level) => `${level}: nobody has ${LEVEL_MEANS[level].join(" or ")}`),
  }));
}

function refuseIf(parameter: string, refusal: Refusal | undefined): void {
  if (refusal === undefined) return;
  const { text, rule } = refusal;
  throw serviceError(CMS_ERRORS.InvalidParameter, { parameter, detail: `${parameter} ${text}`, rule });
}

export function ruleOf(kernel: Kernel, ruleId: string): Rule {
  const rule = cmsStore(kernel.store).rules.get(ruleId);
  if (rule) return rule;
  throw serviceError(CMS_ERRORS.ResourceNotFound, { detail: `There is no alert rule ${ruleId}.` });
}

/** As published: most resources of one rule. */
const RESOURCES_MAX = 3000;

/** Adds resources to those that a rule names, or replaces them. A rule without any watched all, and watches these now. */
export function addResources(
  kernel: Kernel,
  ruleId: string,
  added: readonly Resource[],
  isOverwrite: boolean,
): void {
  kernel.store.transaction(() => {
    const rule = ruleOf(kernel, ruleId);
    const metric = knownMetric(kernel, rule.namespace, rule.metric);
    if (metric) judgeResources(metric, added);
    const present = isOverwrite || rule.resources === "" ? [] : (JSON.parse(rule.resources) as Resource[]);
    const resources = distinct([...present, ...added]);
    const count = resources.length;
    if (count > RESOURCES_MAX) {
      const text = `must be at most ${RESOURCES_MAX} with those that the rule has, got ${count}`;
      refuseIf("Resources", { text });
    }
    const changed = { ...rule, resources: JSON.stringify(resources), updatedAtMs: kernel.clock.now() };
    cmsStore(kernel.store).rules.put(changed);
  });
}

/** The first of those that have the same dimensions. */
function distinct(resources: readonly Resource[]): Resource[] {
  const byKey = new Map<string, Resource>();
  for (const resource of resources) {
    const key = JSON.stringify(Object.entries(resource).sort());
    if (!byKey.has(key)) byKey.set(key, resource);
  }
  return [...byKey.values()];
}

/** All of them or, where one does not exist, none. */
export function setEnabled(kernel: Kernel, ruleIds: readonly string[], enabled: boolean): void {
  kernel.store.transaction(() => {
    for (const rule of ruleIds.map((ruleId) => ruleOf(kernel, ruleId)))
      cmsStore(kernel.store).rules.put({ ...rule, enabled, updatedAtMs: kernel.clock.now() });
  });
}

/** Deletes rules with their targets; those that do not exist are gone already. */
export function deleteRules(kernel: Kernel, ruleIds: readonly string[]): void {
  const { rules, targets } = cmsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const ruleId of ruleIds) {
      rules.remove(ruleId);
      targets.removeAll(ruleId);
    }
  });
}

/** Adds targets; one whose id the rule has is replaced. */
export function putTargets(kernel: Kernel, ruleId: string, added: readonly Target[]): void {
  kernel.store.transaction(() => {
    ruleOf(kernel, ruleId);
    for (const target of added) cmsStore(kernel.store).targets.put(ruleId, target);
  });
}

/** Takes targets off a rule and returns the ids that it did not have. */
export function deleteTargets(kernel: Kernel, ruleId: string, targetIds: readonly string[]): string[] {
  return kernel.store.transaction(() => {
    ruleOf(kernel, ruleId);
    return targetIds.filter((targetId) => !cmsStore(kernel.store).targets.remove(ruleId, targetId));
  });
}
