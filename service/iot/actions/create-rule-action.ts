import { z } from "zod";
import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { createRuleAction as published } from "../../../contract/iot/rule-actions.ts";
import { BINARY_REFUSES, RULE_ACTIONS_MAX } from "../../../contract/limits/iot.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf } from "../engine/groups.ts";
import { newLongId } from "../engine/ids.ts";
import { ruleOf } from "../engine/rules.ts";
import { iotStore } from "../store.ts";

/** AMQP forwards to a consumer group; the others are kept and given back, and forward nothing here. */
const actionTypes = ["AMQP", "REPUBLISH", "MNS", "FC", "OTS"];
const amqpConfiguration = z.object({ groupId: z.string().min(1) });

/** An action that forwards to a consumer group needs a group that is there. */
export const createRuleAction = defineAction(published, (ctx, input) => {
  const { RuleId: ruleId, Type: type, Configuration: configuration, ErrorActionFlag: errorAction } = input;
  if (!actionTypes.includes(type)) {
    throw unsuitableType(
      `Type must be one of ${actionTypes.join(", ")}, got ${JSON.stringify(type.slice(0, 40))}.`,
    );
  }
  const target = parsedConfiguration(configuration);
  return ctx.store.transaction(() => {
    const store = iotStore(ctx.store);
    const rule = ruleOf(ctx, input, ruleId);
    if (rule.dataType === "BINARY" && type === BINARY_REFUSES.actionType) {
      throw unsuitableType(`Rule ${ruleId} has the DataType BINARY, which ${type} does not take.`);
    }
    const groupId = type === "AMQP" ? groupOf(ctx, input, groupIdIn(target), "Configuration").groupId : "";
    const present = store.ruleActions(ruleId);
    const isTaken = present.some(
      (one) => one.type === type && one.configuration === configuration && one.errorAction === errorAction,
    );
    if (isTaken) throw serviceError(IOT_ERRORS.RuleActionExists, { parameter: "Configuration" });
    if (present.length >= RULE_ACTIONS_MAX) {
      throw serviceError(IOT_ERRORS.RuleActionsTooMany, {
        detail: `A rule has at most ${RULE_ACTIONS_MAX} actions; delete one first.`,
      });
    }
    const actionId = newLongId(ctx.random);
    store.insertRuleAction({ actionId, ruleId, type, configuration, errorAction, groupId });
    return { ActionId: actionId };
  });
});

function unsuitableType(detail: string) {
  return serviceError(IOT_ERRORS.RuleActionType, { parameter: "Type", detail });
}

function parsedConfiguration(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw serviceError(IOT_ERRORS.RuleActionNotJson, { parameter: "Configuration" });
  }
}

function groupIdIn(configuration: unknown): string {
  const parsed = amqpConfiguration.safeParse(configuration);
  if (parsed.success) return parsed.data.groupId;
  throw serviceError(IOT_ERRORS.RuleActionConfiguration, {
    parameter: "Configuration",
    detail: 'An AMQP action needs {"groupId": "<id of a consumer group>"}.',
  });
}
