import { queryProduct as published } from "../../../contract/iot/products.ts";
import { defineAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { productFields } from "../views/product.ts";

export const queryProduct = defineAction(published, (ctx, input) => ({
  Data: productFields(ctx, productOf(ctx, input, input.ProductKey)),
}));
