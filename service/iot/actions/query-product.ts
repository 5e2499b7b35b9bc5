/* QueryProduct, version 2018-01-20: one product by its key. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { productParams } from "../params.ts";
import { productFields } from "../views/product.ts";

export const queryProduct = defineAction({
  name: "QueryProduct",
  kind: "read",
  summary: "Describes a product.",
  partial: "no CategoryName: only the key of a category is known",
  request: z.object(productParams),
  handler(ctx, input) {
    return { Data: productFields(ctx, productOf(ctx, input, input.ProductKey)) };
  },
});
