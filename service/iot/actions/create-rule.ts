import { createRule as published } from "../../../contract/iot/rules.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/rules.ts";

export const createRule = serveAction(published, (ctx, input) => {
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
});
