import { z } from "zod";
import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { BINARY_REFUSES, RULE_ACTIONS_MAX } from "../../../contract/limits/iot.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Rule, RuleAction } from "../entities.ts";
import { iotStore } from "../store.ts";
import { groupOf } from "./groups.ts";
import { newLongId } from "./ids.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";
import { productOf } from "./products.ts";

/** AMQP forwards to a consumer group; the others are kept and given back, and forward nothing here. */
const actionTypes = ["AMQP", "REPUBLISH", "MNS", "FC", "OTS"];
const amqpConfiguration = z.object({ groupId: z.string().min(1) });

export type RuleWish = Omit<
  Rule,
  "ruleId" | "instanceId" | "region" | "status" | "createdAtMs" | "updatedAtMs"
>;

/** The rule that a call names. */
export function ruleOf(ctx: CallContext, input: PlaceInput, ruleId: number): Rule {
  const place = placeOf(ctx, input);
  const rule = iotStore(ctx.store).rule(ruleId);
  if (rule && isAt(rule, place, input)) return rule;
  throw serviceError(IOT_ERRORS.RuleNotFound, { parameter: "RuleId", detail: `Asked for ${ruleId}.` });
}

export function ruleActionOf(ctx: CallContext, input: PlaceInput, actionId: number): RuleAction {
  const place = placeOf(ctx, input);
  const store = iotStore(ctx.store);
  const action = store.ruleAction(actionId);
  const rule = action && store.rule(action.ruleId);
  if (action && rule && isAt(rule, place, input)) return action;
  throw serviceError(IOT_ERRORS.RuleActionNotFound, {
    parameter: "ActionId",
    detail: `Asked for ${actionId}.`,
  });
}

/** Makes a rule that does not run yet. */
export function createRule(ctx: CallContext, input: PlaceInput, wish: RuleWish): Rule {
  const store = iotStore(ctx.store);
  return ctx.store.transaction(() => {
    const place = placeOf(ctx, input);
    if (wish.productKey !== "") productOf(ctx, input, wish.productKey);
    const other = store.rules(place).find((rule) => rule.name === wish.name);
    if (other) {
      throw serviceError(IOT_ERRORS.RuleNameExisted, {
        parameter: "Name",
        detail: `Rule ${other.ruleId} has the name ${JSON.stringify(wish.name)}.`,
      });
    }
    const now = ctx.clock.now();
    const ruleId = newLongId(ctx.random);
    const rule: Rule = { ...wish, ...place, ruleId, status: "STOP", createdAtMs: now, updatedAtMs: now };
    store.insertRule(rule);
    return rule;
  });
}

/** A rule runs only with a topic, a SELECT and an action. */
export function startRule(ctx: CallContext, input: PlaceInput, ruleId: number): void {
  ctx.store.transaction(() => {
    const rule = ruleOf(ctx, input, ruleId);
    if (rule.status === "RUNNING") throw serviceError(IOT_ERRORS.RuleStarted);
    if (rule.select === "" || (rule.topic === "" && rule.shortTopic === "")) {
      throw serviceError(IOT_ERRORS.RuleWithoutSql, {
        detail: "A rule needs Select and a topic before it starts.",
      });
    }
    const store = iotStore(ctx.store);
    if (store.ruleActions(ruleId).length === 0) throw serviceError(IOT_ERRORS.RuleWithoutAction);
    store.updateRule({ ...rule, status: "RUNNING", updatedAtMs: ctx.clock.now() });
  });
}

/** A rule that does not run stays so. */
export function stopRule(ctx: CallContext, input: PlaceInput, ruleId: number): void {
  ctx.store.transaction(() => {
    const rule = ruleOf(ctx, input, ruleId);
    iotStore(ctx.store).updateRule({ ...rule, status: "STOP", updatedAtMs: ctx.clock.now() });
  });
}

export function deleteRule(ctx: CallContext, input: PlaceInput, ruleId: number): void {
  ctx.store.transaction(() => {
    ruleOf(ctx, input, ruleId);
    iotStore(ctx.store).deleteRule(ruleId);
  });
}

export interface RuleActionWish {
  readonly ruleId: number;
  readonly type: string;
  readonly configuration: string;
  readonly errorAction: boolean;
}

/** Adds an action to a rule; one that forwards to a consumer group needs a group that is there. */
export function createRuleAction(ctx: CallContext, input: PlaceInput, wish: RuleActionWish): RuleAction {
  if (!actionTypes.includes(wish.type)) {
    throw serviceError(IOT_ERRORS.RuleActionType, {
      parameter: "Type",
      detail: `Type must be one of ${actionTypes.join(", ")}, got ${JSON.stringify(wish.type.slice(0, 40))}.`,
    });
  }
  const configuration = parsedConfiguration(wish.configuration);
  const store = iotStore(ctx.store);
  return ctx.store.transaction(() => {
    const rule = ruleOf(ctx, input, wish.ruleId);
    if (rule.dataType === "BINARY" && wish.type === BINARY_REFUSES.actionType) {
      throw serviceError(IOT_ERRORS.RuleActionType, {
        parameter: "Type",
        detail: `Rule ${rule.ruleId} has the DataType BINARY, which ${wish.type} does not take.`,
      });
    }
    const groupId = wish.type === "AMQP" ? forwardedTo(ctx, input, configuration) : "";
    const present = store.ruleActions(wish.ruleId);
    if (present.some((one) => sameTarget(one, wish))) {
      throw serviceError(IOT_ERRORS.RuleActionExists, { parameter: "Configuration" });
    }
    if (present.length >= RULE_ACTIONS_MAX) {
      throw serviceError(IOT_ERRORS.RuleActionsTooMany, {
        detail: `A rule has at most ${RULE_ACTIONS_MAX} actions; delete one first.`,
      });
    }
    const action: RuleAction = { ...wish, actionId: newLongId(ctx.random), groupId };
    store.insertRuleAction(action);
    return action;
  });
}

function sameTarget(one: RuleAction, wish: RuleActionWish): boolean {
  return (
    one.type === wish.type && one.configuration === wish.configuration && one.errorAction === wish.errorAction
  );
}

export function deleteRuleAction(ctx: CallContext, input: PlaceInput, actionId: number): void {
  ctx.store.transaction(() => {
    ruleActionOf(ctx, input, actionId);
    iotStore(ctx.store).deleteRuleAction(actionId);
  });
}

function parsedConfiguration(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw serviceError(IOT_ERRORS.RuleActionNotJson, { parameter: "Configuration" });
  }
}

function forwardedTo(ctx: CallContext, input: PlaceInput, configuration: unknown): string {
  const parsed = amqpConfiguration.safeParse(configuration);
  if (!parsed.success) {
    throw serviceError(IOT_ERRORS.RuleActionConfiguration, {
      parameter: "Configuration",
      detail: 'An AMQP action needs {"groupId": "<id of a consumer group>"}.',
    });
  }
  return groupOf(ctx, input, parsed.data.groupId, "Configuration").groupId;
}
