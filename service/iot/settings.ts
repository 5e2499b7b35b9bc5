import { z } from "zod";
import { regionId } from "../../contract/limits/dts.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { readRoomSettings } from "../core/kit/room-settings.ts";
import { keepInstance } from "./engine/place.ts";

/** `rooms.iot` in the settings: `instances: ["iot-1", { id: "iot-2", region: "cn-shanghai" }]`. */
const roomSettings = z.strictObject({
  instances: z
    .array(
      z.union([
        z
          .string()
          .min(1)
          .transform((id) => ({ id, region: undefined })),
        z.strictObject({ id: z.string().min(1), region: regionId.optional() }),
      ]),
    )
    .default([]),
});

/** Makes the public instance and those of the settings known. Throws when the settings are malformed. */
export function keepConfiguredInstances(kernel: Kernel): void {
  const { instances } = readRoomSettings(kernel, "iot", roomSettings);
  kernel.store.transaction(() => {
    keepInstance(kernel, "", "");
    for (const { id, region } of instances) {
      keepInstance(kernel, id, region ?? kernel.settings.region);
    }
  });
}
