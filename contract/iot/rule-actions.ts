import { z } from "zod";
import { flag, text, withDefault } from "../params.ts";
import { iotAction, METADATA, outcome } from "./actions-of.ts";
import { ruleActionParams, ruleParams } from "./params.ts";

/** What a data forwarding rule does with a message. */

const published = {
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts"],
} as const;

const action = {
  Configuration: "string",
  ErrorActionFlag: "boolean",
  Id: "integer",
  RuleId: "integer",
  Type: "string",
} as const;

/**
 * At most 10 actions a rule. Type AMQP forwards to the consumer group that Configuration names as groupId (IOT-9);
 * the form of its Configuration is observed, not published in the reference.
 */
export const createRuleAction = iotAction({
  ...published,
  name: "CreateRuleAction",
  kind: "write",
  summary: "Adds an action to a rule, for example one that forwards to a consumer group.",
  coverage: { missing: "only AMQP forwards; the other types are kept and given back" },
  request: () =>
    z.object({
      ...ruleParams(),
      Type: text(),
      Configuration: text(),
      ErrorActionFlag: withDefault(flag(), false),
    }),
  answer: { ...outcome, ActionId: "integer" },
});

export const getRuleAction = iotAction({
  ...published,
  name: "GetRuleAction",
  kind: "read",
  summary: "Describes an action of a rule.",
  request: () => z.object(ruleActionParams()),
  answer: { ...outcome, RuleActionInfo: action },
});

/** Oldest first. */
export const listRuleActions = iotAction({
  ...published,
  name: "ListRuleActions",
  kind: "read",
  summary: "Lists the actions of a rule.",
  request: () => z.object(ruleParams()),
  answer: { ...outcome, RuleActionList: { RuleActionInfo: [{ ...action, Status: "string" }] } },
});

export const deleteRuleAction = iotAction({
  ...published,
  name: "DeleteRuleAction",
  kind: "write",
  summary: "Deletes an action of a rule.",
  request: () => z.object(ruleActionParams()),
  answer: outcome,
});
