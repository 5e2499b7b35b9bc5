import { queryProduct as published } from "../../../contract/iot/products.ts";
import { serveAction } from "../../core/kit/action.ts";
import { productOf } from "../engine/products.ts";
import { productFields } from "../views/product.ts";

export const queryProduct = serveAction(published, (ctx, input) => ({
  Data: productFields(ctx, productOf(ctx, input, input.ProductKey)),
}));
