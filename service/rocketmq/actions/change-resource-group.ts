/* ChangeResourceGroup, version 2022-08-01: moves an instance to another resource group. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";
import { instanceType } from "../params.ts";

export const changeResourceGroup = defineAction({
  name: "ChangeResourceGroup",
  kind: "write",
  summary: "Moves an instance to another resource group.",

  route: { method: "POST", path: "/resourceGroup/change" },
  request: z.object({
    regionId: optional(text()),
    resourceGroupId: text(),
    resourceId: text(),
    resourceType: instanceType,
  }),
  handler(ctx, input) {
    changeInstance(ctx, input.resourceId, () => ({ resourceGroupId: input.resourceGroupId }), false);
    return { data: true };
  },
});
