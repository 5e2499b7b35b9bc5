import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { LOCAL_ENDPOINT } from "../../../contract/local.ts";
import { PRODUCTS, type ProductName, publishedHost } from "../../../contract/products.ts";
import { LOCAL_KEYS } from "../../../provider/runtime/host/keys.ts";
import { readSettings } from "../../../provider/runtime/host/settings.ts";
import { root } from "../../support/sources.ts";

const products = Object.keys(PRODUCTS) as ProductName[];

const textOf = (stack: string) => readFileSync(join(root, `examples/gitops/Pulumi.${stack}.yaml`), "utf8");
function settingsOf(stack: string, environment: Record<string, string> = {}) {
  const { config } = parse(textOf(stack)) as { config: Record<string, string> };
  return readSettings((key) => config[key], environment);
}

it("the local stack sends every product to the local service, with its public keys", () => {
  const settings = settingsOf("local");
  const endpoints = products.map((product) => settings.endpointOf(product, settings.region));
  expect(new Set(endpoints.map(({ address }) => address))).toEqual(new Set([LOCAL_ENDPOINT]));
  expect(endpoints.map((endpoint) => settings.keysFor(endpoint))).toEqual(products.map(() => LOCAL_KEYS));
});

it("the cloud stack builds the published host of each product, with the keys of the official chain", () => {
  const settings = settingsOf("cloud");
  expect([settings.target, settings.region]).toEqual(["cloud", "cn-hangzhou"]);
  for (const product of products) {
    const endpoint = settings.endpointOf(product, "cn-beijing");
    expect(endpoint.address).toBe(`https://${publishedHost(product, "cn-beijing")}`);
    expect([settings.keysFor(endpoint), settings.keysSource(endpoint)]).toEqual([undefined, "chain"]);
  }
});

it("the two differ in where they go and in nothing else, and hold no key", () => {
  expect(settingsOf("local").region).toBe(settingsOf("cloud").region);
  for (const stack of ["local", "cloud"])
    expect(textOf(stack)).not.toMatch(/^\s+changetracking:(access|security)/m);
});
