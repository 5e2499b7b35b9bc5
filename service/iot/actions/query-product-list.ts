/* QueryProductList, version 2018-01-20: the products of an instance, newest first. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { listedPlaces } from "../engine/place.ts";
import { commonParams, pageParams } from "../params.ts";
import { iotStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { listedFields } from "../views/product.ts";

export const queryProductList = defineAction({
  name: "QueryProductList",
  kind: "read",
  summary: "Lists the products of an instance.",
  request: z.object({
    ...commonParams,
    ...pageParams(200),
    AliyunCommodityCode: optional(text()),
    ResourceGroupId: optional(text()),
  }),
  handler(ctx, input) {
    const { AliyunCommodityCode: code, ResourceGroupId: resourceGroup } = input;
    const wanted = iotStore(ctx.store)
      .products(listedPlaces(ctx, input))
      .filter((product) => code === undefined || product.commodityCode === code)
      .filter((product) => resourceGroup === undefined || product.resourceGroupId === resourceGroup);
    const page = pageOf(wanted, input.CurrentPage, input.PageSize);
    return { Data: { ...page.fields, List: { ProductInfo: page.items.map(listedFields) } } };
  },
});
