import { z } from "zod";
import { holds } from "../limits/condition.ts";
import { BINARY_REFUSES, iotDescription, iotRuleName } from "../limits/iot.ts";
import { integer, optional, text, withDefault } from "../params.ts";
import { iotAction, METADATA, outcome } from "./actions-of.ts";
import { commonParams, pageParams, ruleParams } from "./params.ts";

/** Data forwarding rules. What each of them does is in `rule-actions.ts`. */

const published = {
  // The metadata has CreateRule alone.
  source: "published SDKs of IoT Platform, version 2018-01-20",
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts"],
} as const;

const rule = {
  CreateUserId: "integer",
  Created: "string",
  DataType: "string",
  Id: "integer",
  Modified: "string",
  Name: "string",
  ProductKey: "string",
  RuleDesc: "string",
  Select: "string",
  ShortTopic: "string",
  Status: "string",
  Topic: "string",
  UtcCreated: "string",
  UtcModified: "string",
  Where: "string",
} as const;

/** The rule does not run yet. */
export const createRule = iotAction({
  ...published,
  name: "CreateRule",
  kind: "write",
  summary: "Makes a data forwarding rule.",
  source: METADATA,
  coverage: { missing: "SQL is kept and not judged" },
  request: () =>
    z
      .object({
        ...commonParams(),
        Name: text(iotRuleName),
        ProductKey: optional(text()),
        RuleDesc: optional(iotDescription),
        DataType: withDefault(z.enum(["JSON", "BINARY"], { error: "must be JSON or BINARY" }), "JSON"),
        Select: optional(text()),
        Where: optional(text()),
        Topic: optional(text()),
        ShortTopic: optional(text()),
        TopicType: optional(integer({ min: 0, max: 7 })),
        ResourceGroupId: optional(text()),
      })
      .superRefine(
        holds(({ DataType, TopicType }) => [
          DataType === "BINARY" && TopicType === BINARY_REFUSES.topicType
            ? { at: ["TopicType"], text: `must not be ${TopicType} with DataType BINARY` }
            : undefined,
        ]),
      ),
  answer: { ...outcome, RuleId: "integer" },
});

export const getRule = iotAction({
  ...published,
  name: "GetRule",
  kind: "read",
  summary: "Describes a data forwarding rule.",
  request: () => z.object(ruleParams()),
  answer: { ...outcome, RuleInfo: { ...rule, TopicType: "integer" } },
});

/** Oldest first. */
export const listRule = iotAction({
  ...published,
  name: "ListRule",
  kind: "read",
  summary: "Lists the data forwarding rules of an instance.",
  request: () => z.object({ ...commonParams(), ...pageParams(100), ResourceGroupId: optional(text()) }),
  answer: {
    ...outcome,
    Data: { RuleInfo: [rule] },
    Page: "integer",
    PageSize: "integer",
    Total: "integer",
  },
});

/** A rule needs a topic, a SELECT and an action. */
export const startRule = iotAction({
  ...published,
  name: "StartRule",
  kind: "write",
  summary: "Starts a data forwarding rule.",
  request: () => z.object(ruleParams()),
  answer: outcome,
});

export const stopRule = iotAction({
  ...published,
  name: "StopRule",
  kind: "write",
  summary: "Stops a data forwarding rule.",
  request: () => z.object(ruleParams()),
  answer: outcome,
});

export const deleteRule = iotAction({
  ...published,
  name: "DeleteRule",
  kind: "write",
  summary: "Deletes a data forwarding rule with its actions.",
  request: () => z.object(ruleParams()),
  answer: outcome,
});
