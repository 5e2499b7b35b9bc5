import { deleteProduct as published } from "../../../contract/iot/products.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { iotStore } from "../store.ts";

/** As published, what belongs to the product goes with it: its subscriptions. */
export const deleteProduct = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { productKey } = productOf(ctx, input, input.ProductKey);
    iotStore(ctx.store).deleteProduct(productKey);
  });
  return {};
});
