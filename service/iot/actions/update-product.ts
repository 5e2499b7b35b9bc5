/* UpdateProduct, version 2018-01-20: renames a product; a description that is not sent stays. */
import { z } from "zod";
import { iotDescription, iotProductName } from "../../../contract/limits/iot.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeProduct } from "../engine/products.ts";
import { productParams } from "../params.ts";

export const updateProduct = defineAction({
  name: "UpdateProduct",
  kind: "write",
  summary: "Renames a product or changes its description.",
  request: z.object({
    ...productParams,
    ProductName: text(iotProductName),
    Description: optional(iotDescription),
  }),
  handler(ctx, input) {
    const wish = { name: input.ProductName, description: input.Description };
    changeProduct(ctx, input, input.ProductKey, wish);
    return {};
  },
});
