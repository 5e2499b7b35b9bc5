import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { createProduct as published } from "../../../contract/iot/products.ts";
import { defineAction } from "../../core/kit/action.ts";
import { placeOf } from "../engine/place.ts";
import * as engine from "../engine/products.ts";
import { createdFields } from "../views/product.ts";

export const createProduct = defineAction(published, (ctx, input) => {
  if (input.AliyunCommodityCode === "iothub_senior" && input.DataFormat === undefined)
    throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "DataFormat" });
  const product = engine.createProduct(ctx, placeOf(ctx, input), {
    name: input.ProductName,
    description: input.Description ?? "",
    nodeType: input.NodeType,
    commodityCode: input.AliyunCommodityCode,
    authType: input.AuthType,
    dataFormat: input.DataFormat,
    netType: input.NetType,
    protocolType: input.ProtocolType,
    categoryKey: input.CategoryKey,
    validateType: input.ValidateType,
    id2: input.Id2,
    resourceGroupId: input.ResourceGroupId ?? "",
  });
  return { Data: createdFields(ctx, product), ProductKey: product.productKey };
});
