import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Place, Product } from "../entities.ts";
import { iotStore } from "../store.ts";
import { newProductKey, newSecret } from "./ids.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";

export type ProductWish = Omit<
  Product,
  "productKey" | "instanceId" | "region" | "createdAtMs" | "sealedSecret"
> & { readonly productKey?: string | undefined };

/** The product that a call names. */
export function productOf(ctx: CallContext, input: PlaceInput, productKey: string): Product {
  const place = placeOf(ctx, input);
  const product = iotStore(ctx.store).product(productKey);
  if (product && isAt(product, place, input)) return product;
  throw serviceError(IOT_ERRORS.ProductNotExisted, {
    parameter: "ProductKey",
    detail: `Asked for ${productKey}.`,
  });
}

export function createProduct(kernel: Kernel, place: Place, wish: ProductWish): Product {
  const store = iotStore(kernel.store);
  const sealedSecret = kernel.vault.seal(newSecret(kernel.random));
  return kernel.store.transaction(() => {
    refuseTaken(kernel, place, wish.name, "");
    const product: Product = {
      ...wish,
      ...place,
      productKey: wish.productKey ?? newProductKey(kernel.random),
      createdAtMs: kernel.clock.now(),
      sealedSecret,
    };
    store.insertProduct(product);
    return product;
  });
}

/** A description that is not given stays. */
export function changeProduct(
  ctx: CallContext,
  input: PlaceInput,
  productKey: string,
  wish: { readonly name: string; readonly description?: string | undefined },
): void {
  ctx.store.transaction(() => {
    const product = productOf(ctx, input, productKey);
    refuseTaken(ctx, product, wish.name, productKey);
    iotStore(ctx.store).updateProduct({
      ...product,
      name: wish.name,
      description: wish.description ?? product.description,
    });
  });
}

/** Deletes a product and, as published, what belongs to it: its subscriptions. */
export function deleteProduct(ctx: CallContext, input: PlaceInput, productKey: string): void {
  ctx.store.transaction(() => {
    productOf(ctx, input, productKey);
    iotStore(ctx.store).deleteProduct(productKey);
  });
}

function refuseTaken(kernel: Kernel, place: Place, name: string, exceptKey: string): void {
  const other = iotStore(kernel.store).productNamed(place, name);
  if (!other || other.productKey === exceptKey) return;
  throw serviceError(IOT_ERRORS.ProductNameExisted, {
    parameter: "ProductName",
    detail: `${other.productKey} has the name ${JSON.stringify(name)}.`,
  });
}
