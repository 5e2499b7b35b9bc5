/* CreateRule, version 2018-01-20: makes a data forwarding rule that does not run yet. */
import { z } from "zod";
import { holds } from "../../../contract/limits/condition.ts";
import { BINARY_REFUSES, iotDescription, iotRuleName } from "../../../contract/limits/iot.ts";
import { integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";
import { commonParams } from "../params.ts";

export const createRule = defineAction({
  name: "CreateRule",
  kind: "write",
  summary: "Makes a data forwarding rule.",
  partial: "SQL is kept and not judged",
  request: z
    .object({
      ...commonParams,
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
  handler(ctx, input) {
    const rule = engine.createRule(ctx, input, {
      name: input.Name,
      productKey: input.ProductKey ?? "",
      description: input.RuleDesc ?? "",
      dataType: input.DataType,
      select: input.Select ?? "",
      where: input.Where ?? "",
      topic: input.Topic ?? "",
      shortTopic: input.ShortTopic ?? "",
      topicType: input.TopicType,
      resourceGroupId: input.ResourceGroupId ?? "",
    });
    return { RuleId: rule.ruleId };
  },
});
