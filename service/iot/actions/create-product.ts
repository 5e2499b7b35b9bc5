/* CreateProduct, version 2018-01-20: makes a product. Its name is unique in the instance. */
import { z } from "zod";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { iotDescription, iotProductName, iotProtocol, VALIDATE_TYPES } from "../../../contract/limits/iot.ts";
import { flag, integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { placeOf } from "../engine/place.ts";
import * as engine from "../engine/products.ts";
import { commonParams } from "../params.ts";
import { createdFields, netTypeNames } from "../views/product.ts";

const commodity = "must be iothub or iothub_senior";

export const createProduct = defineAction({
  name: "CreateProduct",
  kind: "write",
  summary: "Makes a product.",
  partial: "no models of things; JoinPermissionId and PublishAuto are taken and have no effect",
  request: z.object({
    ...commonParams,
    ProductName: text(iotProductName),
    NodeType: integer({ min: 0, max: 1 }),
    Description: optional(iotDescription),
    AliyunCommodityCode: withDefault(z.enum(["iothub", "iothub_senior"], { error: commodity }), "iothub"),
    AuthType: withDefault(text(), "secret"),
    CategoryKey: optional(text()),
    DataFormat: optional(integer({ min: 0, max: 1 })),
    Id2: withDefault(flag(), false),
    JoinPermissionId: optional(text()),
    NetType: optional(z.enum(netTypeNames, { error: `must be one of ${netTypeNames.join(", ")}` })),
    ProtocolType: optional(text(iotProtocol)),
    PublishAuto: optional(flag()),
    ResourceGroupId: optional(text()),
    ValidateType: withDefault(integer(VALIDATE_TYPES), VALIDATE_TYPES.default),
  }),
  handler(ctx, input) {
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
  },
});
