/* DeleteProduct, version 2018-01-20: deletes a product and what belongs to it. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/products.ts";
import { productParams } from "../params.ts";

export const deleteProduct = defineAction({
  name: "DeleteProduct",
  kind: "write",
  summary: "Deletes a product with its subscriptions.",
  request: z.object(productParams),
  handler(ctx, input) {
    engine.deleteProduct(ctx, input, input.ProductKey);
    return {};
  },
});
