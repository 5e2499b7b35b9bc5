import { deleteProduct as published } from "../../../contract/iot/products.ts";
import { serveAction } from "../../core/kit/action.ts";
import * as engine from "../engine/products.ts";

export const deleteProduct = serveAction(published, (ctx, input) => {
  engine.deleteProduct(ctx, input, input.ProductKey);
  return {};
});
