import { queryProductList as published } from "../../../contract/iot/products.ts";
import { defineAction } from "../../core/kit/action.ts";
import { listedPlaces } from "../engine/place.ts";
import { iotStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { listedFields } from "../views/product.ts";

/** Newest first. */
export const queryProductList = defineAction(published, (ctx, input) => {
  const { AliyunCommodityCode: code, ResourceGroupId: resourceGroup } = input;
  const wanted = iotStore(ctx.store)
    .products(listedPlaces(ctx, input))
    .filter((product) => code === undefined || product.commodityCode === code)
    .filter((product) => resourceGroup === undefined || product.resourceGroupId === resourceGroup);
  const page = pageOf(wanted, input.CurrentPage, input.PageSize);
  return { Data: { ...page.fields, List: { ProductInfo: page.items.map(listedFields) } } };
});
