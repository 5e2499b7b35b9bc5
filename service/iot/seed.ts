import { z } from "zod";
import { regionId } from "../../contract/limits/dts.ts";
import { iotGroupName, iotProductName } from "../../contract/limits/iot.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { readSeedPart } from "../core/kit/room-seed.ts";
import { createGroup } from "./engine/groups.ts";
import { keepInstance } from "./engine/place.ts";
import { createProduct } from "./engine/products.ts";
import type { Place } from "./entities.ts";
import { iotStore } from "./store.ts";

const place = { iotInstanceId: z.string().default(""), region: regionId.optional() };

const seedPart = z.strictObject({
  instances: z
    .array(z.strictObject({ id: z.string().min(1).max(64), region: regionId.optional() }))
    .default([]),
  products: z
    .array(
      z.strictObject({
        ...place,
        name: iotProductName,
        productKey: z
          .string()
          .regex(/^[A-Za-z0-9]{1,32}$/, { error: "must be 1 to 32 letters and digits" })
          .optional(),
        gateway: z.boolean().default(false),
      }),
    )
    .default([]),
  groups: z.array(z.strictObject({ ...place, name: iotGroupName })).default([]),
});

/**
 * Makes what a seed file names and is not there yet: `instances: [{ id, region }]`,
 * `products: [{ name, productKey, gateway, iotInstanceId, region }]`, `groups: [{ name, iotInstanceId, region }]`.
 */
export function seedIot(kernel: Kernel, part: unknown): void {
  const seeded = readSeedPart("iot", seedPart, part);
  const { instances, products, groups } = seeded;
  const store = iotStore(kernel.store);
  kernel.store.transaction(() => {
    for (const one of instances) keepInstance(kernel, one.id, one.region ?? kernel.settings.region);
    for (const one of products) {
      const at = placeOfSeed(kernel, one);
      if (store.productNamed(at, one.name)) continue;
      createProduct(kernel, at, {
        productKey: one.productKey,
        name: one.name,
        description: "",
        nodeType: one.gateway ? 1 : 0,
        commodityCode: "iothub",
        authType: "secret",
        validateType: 1,
        id2: false,
        resourceGroupId: "",
      });
    }
    for (const one of groups) {
      const at = placeOfSeed(kernel, one);
      if (!store.groupNamed(at, one.name)) createGroup(kernel, at, one.name);
    }
  });
}

function placeOfSeed(
  kernel: Kernel,
  one: { readonly iotInstanceId: string; readonly region?: string | undefined },
): Place {
  const { iotInstanceId: instanceId } = one;
  if (instanceId === "") return { instanceId, region: one.region ?? kernel.settings.region };
  const instance = iotStore(kernel.store).instance(instanceId);
  if (!instance) throw new Error(`iot: no instance ${instanceId}; name it under instances`);
  return { instanceId, region: instance.region };
}
