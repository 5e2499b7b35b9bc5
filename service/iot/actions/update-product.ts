import { updateProduct as published } from "../../../contract/iot/products.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf, refuseTakenName } from "../engine/products.ts";
import { iotStore } from "../store.ts";

export const updateProduct = defineAction(published, (ctx, input) => {
  const { ProductKey: productKey, ProductName: name, Description: description } = input;
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    refuseTakenName(ctx, product, name, productKey);
    iotStore(ctx.store).updateProduct({
      ...product,
      name,
      description: description ?? product.description,
    });
  });
  return {};
});
