import type { Kernel } from "../../core/kit/kernel.ts";
import { accountNumber } from "../../core/settings/service-options.ts";
import type { Rule, RuleAction } from "../entities.ts";
import { iotStore } from "../store.ts";
import { isoText } from "./time.ts";

export function ruleFields(kernel: Kernel, rule: Rule) {
  const created = isoText(rule.createdAtMs);
  const modified = isoText(rule.updatedAtMs);
  return {
    CreateUserId: accountNumber(kernel.settings),
    Created: created,
    DataType: rule.dataType,
    Id: rule.ruleId,
    Modified: modified,
    Name: rule.name,
    ProductKey: rule.productKey,
    RuleDesc: rule.description,
    Select: rule.select,
    ShortTopic: rule.shortTopic,
    Status: rule.status,
    Topic: rule.topic,
    UtcCreated: created,
    UtcModified: modified,
    Where: rule.where,
  };
}

export function ruleActionFields(action: RuleAction) {
  return {
    Configuration: action.configuration,
    ErrorActionFlag: action.errorAction,
    Id: action.actionId,
    RuleId: action.ruleId,
    Type: action.type,
  };
}

/** INVALID: the group that it forwards to is gone. */
export function listedRuleActionFields(kernel: Kernel, action: RuleAction) {
  const isLost = action.groupId !== "" && iotStore(kernel.store).group(action.groupId) === undefined;
  return { ...ruleActionFields(action), Status: isLost ? "INVALID" : "NORMAL" };
}
