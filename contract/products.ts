/** How a product is called: RPC is routed by version and action, ROA by version, method and path. */
export type ApiStyle = "RPC" | "ROA";

/** One product as published: what a client must know to reach it. */
export interface Product {
  /** Name in error texts and documents. */
  readonly title: string;
  /** Published API version; it alone tells apart actions of the same name. */
  readonly version: string;
  readonly style: ApiStyle;
  /** Published host; `{region}` is the region id. */
  readonly endpointPattern: string;
  /** Older host without a region, where one is published. */
  readonly centralEndpoint?: string;
  /** `ServiceCode` by which the Location service finds the product, where it is known. */
  readonly serviceCode?: string;
  /** Key of the product in configuration: `changetracking:endpoints`. */
  readonly endpointKey: string;
}

/** The products around change tracking, by the short name of their room. */
export const PRODUCTS = {
  dts: {
    title: "Data Transmission Service",
    version: "2020-01-01",
    style: "RPC",
    endpointPattern: "dts.{region}.aliyuncs.com",
    centralEndpoint: "dts.aliyuncs.com",
    serviceCode: "dts",
    endpointKey: "dts",
  },
  eventbridge: {
    title: "EventBridge",
    version: "2020-04-01",
    style: "RPC",
    endpointPattern: "eventbridge-console.{region}.aliyuncs.com",
    endpointKey: "eventbridge",
  },
  rocketmq: {
    title: "ApsaraMQ for RocketMQ 5.x",
    version: "2022-08-01",
    style: "ROA",
    endpointPattern: "rocketmq.{region}.aliyuncs.com",
    serviceCode: "rmq",
    endpointKey: "rocketmq",
  },
  iot: {
    title: "IoT Platform",
    version: "2018-01-20",
    style: "RPC",
    endpointPattern: "iot.{region}.aliyuncs.com",
    centralEndpoint: "iot.aliyuncs.com",
    endpointKey: "iot",
  },
  cms: {
    title: "CloudMonitor",
    version: "2019-01-01",
    style: "RPC",
    endpointPattern: "metrics.{region}.aliyuncs.com",
    serviceCode: "cms",
    endpointKey: "cms",
  },
  ons: {
    title: "ApsaraMQ for RocketMQ 4.x",
    version: "2019-02-14",
    style: "RPC",
    endpointPattern: "ons.{region}.aliyuncs.com",
    endpointKey: "ons",
  },
} as const satisfies Record<string, Product>;

export type ProductName = keyof typeof PRODUCTS;

/** The published host of a product in a region, for example `dts.cn-hangzhou.aliyuncs.com`. */
export function publishedHost(product: ProductName, region: string): string {
  return PRODUCTS[product].endpointPattern.replace("{region}", () => region);
}
