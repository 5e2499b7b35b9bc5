import { NET_TYPES } from "../../../contract/limits/iot.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Product } from "../entities.ts";

/** Devices are not kept here. */
const DEVICE_COUNT = 0;

/** What a create answers. */
export function createdFields(kernel: Kernel, product: Product) {
  return {
    AliyunCommodityCode: product.commodityCode,
    AuthType: product.authType,
    ...(product.dataFormat === undefined ? {} : { DataFormat: product.dataFormat }),
    Description: product.description,
    Id2: product.id2,
    NodeType: product.nodeType,
    ProductKey: product.productKey,
    ProductName: product.name,
    ProductSecret: kernel.vault.open(product.sealedSecret),
    ...(product.protocolType === undefined ? {} : { ProtocolType: product.protocolType }),
  };
}

/** What a query answers. */
export function productFields(kernel: Kernel, product: Product) {
  const netType = product.netType === undefined ? undefined : NET_TYPES[product.netType];
  return {
    ...createdFields(kernel, product),
    ...(product.categoryKey === undefined ? {} : { CategoryKey: product.categoryKey }),
    DeviceCount: DEVICE_COUNT,
    GmtCreate: product.createdAtMs,
    ...(netType === undefined ? {} : { NetType: netType }),
    Owner: true,
    ProductStatus: "DEVELOPMENT_STATUS",
    ValidateType: product.validateType,
  };
}

/** One line of the list. */
export function listedFields(product: Product) {
  return {
    AuthType: product.authType,
    ...(product.dataFormat === undefined ? {} : { DataFormat: product.dataFormat }),
    Description: product.description,
    DeviceCount: DEVICE_COUNT,
    GmtCreate: product.createdAtMs,
    NodeType: product.nodeType,
    ProductKey: product.productKey,
    ProductName: product.name,
  };
}
