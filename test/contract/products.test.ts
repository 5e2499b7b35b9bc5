import { expect, it } from "vitest";
import { PRODUCTS, publishedHost } from "../../contract/products.ts";

it("routes by version: no two products share one", () => {
  const versions = Object.values(PRODUCTS).map(({ version }) => version);
  expect(new Set(versions).size).toBe(versions.length);
});

it("builds the published host of a region", () => {
  expect(publishedHost("dts", "cn-hangzhou")).toBe("dts.cn-hangzhou.aliyuncs.com");
  expect(publishedHost("cms", "eu-central-1")).toBe("metrics.eu-central-1.aliyuncs.com");
});
