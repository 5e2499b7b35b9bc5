import { updateProduct as published } from "../../../contract/iot/products.ts";
import { serveAction } from "../../core/kit/action.ts";
import { changeProduct } from "../engine/products.ts";

export const updateProduct = serveAction(published, (ctx, input) => {
  const { ProductName: name, Description: description } = input;
  changeProduct(ctx, input, input.ProductKey, { name, description });
  return {};
});
