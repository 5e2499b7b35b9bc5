import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { createRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { newLongId } from "../engine/ids.ts";
import { placeOf } from "../engine/place.ts";
import { productOf } from "../engine/products.ts";
import { iotStore } from "../store.ts";

export const createRule = defineAction(published, (ctx, input) =>
  ctx.store.transaction(() => {
    const store = iotStore(ctx.store);
    const place = placeOf(ctx, input);
    if (input.ProductKey !== undefined) productOf(ctx, input, input.ProductKey);
    const other = store.ruleNamed(place, input.Name);
    if (other) {
      throw serviceError(IOT_ERRORS.RuleNameExisted, {
        parameter: "Name",
        detail: `Rule ${other.ruleId} has the name ${JSON.stringify(input.Name)}.`,
      });
    }
    const now = ctx.clock.now();
    const ruleId = newLongId(ctx.random);
    store.insertRule({
      ...place,
      ruleId,
      name: input.Name,
      status: "STOP",
      createdAtMs: now,
      updatedAtMs: now,
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
    return { RuleId: ruleId };
  }),
);
