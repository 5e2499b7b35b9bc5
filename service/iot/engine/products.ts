import { IOT_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Place, Product } from "../entities.ts";
import { iotStore } from "../store.ts";
import { newProductKey, newSecret } from "./ids.ts";
import { isAt, type PlaceInput, placeOf } from "./place.ts";

export type NewProduct = Omit<
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

export function createProduct(kernel: Kernel, place: Place, given: NewProduct): Product {
  const store = iotStore(kernel.store);
  const sealedSecret = kernel.vault.seal(newSecret(kernel.random));
  return kernel.store.transaction(() => {
    refuseTakenName(kernel, place, given.name, "");
    const product: Product = {
      ...given,
      ...place,
      productKey: given.productKey ?? newProductKey(kernel.random),
      createdAtMs: kernel.clock.now(),
      sealedSecret,
    };
    store.insertProduct(product);
    return product;
  });
}

/** A name is unique in its instance and region. */
export function refuseTakenName(kernel: Kernel, place: Place, name: string, exceptKey: string): void {
  const other = iotStore(kernel.store).productNamed(place, name);
  if (!other || other.productKey === exceptKey) return;
  throw serviceError(IOT_ERRORS.ProductNameExisted, {
    parameter: "ProductName",
    detail: `${other.productKey} has the name ${JSON.stringify(name)}.`,
  });
}
