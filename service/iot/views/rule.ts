import type { Rule, RuleAction } from "../entities.ts";
import { isoText } from "./time.ts";

export function ruleFields(rule: Rule) {
  const created = isoText(rule.createdAtMs);
  const modified = isoText(rule.updatedAtMs);
  return {
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
