import { z } from "zod";
import {
  iotDescription,
  iotProductName,
  iotProtocol,
  NET_TYPE_NAMES,
  VALIDATE_TYPES,
} from "../limits/iot.ts";
import { flag, integer, optional, text, withDefault } from "../params.ts";
import { iotAction, METADATA, outcome, page } from "./actions-of.ts";
import { commonParams, pageParams, productParams } from "./params.ts";

/** Products, whose devices send what groups consume. */

const published = {
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts"],
} as const;

const product = {
  AuthType: "string",
  DataFormat: "integer",
  Description: "string",
  NodeType: "integer",
  ProductKey: "string",
  ProductName: "string",
} as const;

const createdProduct = {
  ...product,
  AliyunCommodityCode: "string",
  Id2: "boolean",
  ProductSecret: "string",
  ProtocolType: "string",
} as const;

const COMMODITY = "must be iothub or iothub_senior";

/** The name is unique in the instance. */
export const createProduct = iotAction({
  ...published,
  name: "CreateProduct",
  kind: "write",
  summary: "Makes a product.",
  coverage: { missing: "no models of things; JoinPermissionId and PublishAuto are taken and have no effect" },
  request: () =>
    z.object({
      ...commonParams(),
      ProductName: text(iotProductName),
      NodeType: integer({ min: 0, max: 1 }),
      Description: optional(iotDescription),
      AliyunCommodityCode: withDefault(z.enum(["iothub", "iothub_senior"], { error: COMMODITY }), "iothub"),
      AuthType: withDefault(text(), "secret"),
      CategoryKey: optional(text()),
      DataFormat: optional(integer({ min: 0, max: 1 })),
      Id2: withDefault(flag(), false),
      JoinPermissionId: optional(text()),
      NetType: optional(z.enum(NET_TYPE_NAMES, { error: `must be one of ${NET_TYPE_NAMES.join(", ")}` })),
      ProtocolType: optional(text(iotProtocol)),
      PublishAuto: optional(flag()),
      ResourceGroupId: optional(text()),
      ValidateType: withDefault(integer(VALIDATE_TYPES), VALIDATE_TYPES.default),
    }),
  answer: { ...outcome, Data: createdProduct, ProductKey: "string" },
});

export const queryProduct = iotAction({
  ...published,
  name: "QueryProduct",
  kind: "read",
  summary: "Describes a product.",
  coverage: { missing: "no CategoryName: only the key of a category is known" },
  request: () => z.object(productParams()),
  answer: {
    ...outcome,
    Data: {
      ...createdProduct,
      CategoryKey: "string",
      CategoryName: "string",
      DeviceCount: "integer",
      GmtCreate: "integer",
      NetType: "integer",
      Owner: "boolean",
      ProductStatus: "string",
      ValidateType: "integer",
    },
  },
});

export const queryProductList = iotAction({
  ...published,
  name: "QueryProductList",
  kind: "read",
  summary: "Lists the products of an instance.",
  request: () =>
    z.object({
      ...commonParams(),
      ...pageParams(200),
      AliyunCommodityCode: optional(text()),
      ResourceGroupId: optional(text()),
    }),
  answer: {
    ...outcome,
    Data: {
      ...page,
      List: { ProductInfo: [{ ...product, DeviceCount: "integer", GmtCreate: "integer" }] },
    },
  },
});

/** A description that is not sent stays. */
export const updateProduct = iotAction({
  ...published,
  name: "UpdateProduct",
  kind: "write",
  summary: "Renames a product or changes its description.",
  request: () =>
    z.object({
      ...productParams(),
      ProductName: text(iotProductName),
      Description: optional(iotDescription),
    }),
  answer: outcome,
});

export const deleteProduct = iotAction({
  ...published,
  name: "DeleteProduct",
  kind: "write",
  summary: "Deletes a product with its subscriptions.",
  request: () => z.object(productParams()),
  answer: outcome,
});
