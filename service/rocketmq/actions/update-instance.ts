/* UpdateInstance, version 2022-08-01: what is not given is kept; the instance is CHANGING for a while. */
import { z } from "zod";
import { addressBlock } from "../../../contract/limits/address.ts";
import { ratio, SEND_RECEIVE_RATIO } from "../../../contract/limits/rocketmq-order.ts";
import { flag, integer, list, optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";
import { given, instanceParams, numeric } from "../params.ts";

export const updateInstance = defineAction({
  name: "UpdateInstance",
  kind: "write",
  summary: "Changes name, remark, access control and product settings of an instance.",

  route: { method: "PATCH", path: "/instances/{instanceId}" },
  request: z.object({
    ...instanceParams,
    instanceName: optional(text()),
    remark: z.optional(z.nullable(textOrEmpty())),
    productInfo: optional(
      z.object({
        autoScaling: optional(flag()),
        messageRetentionTime: optional(integer({ min: 1 })),
        sendReceiveRatio: optional(numeric(ratio(SEND_RECEIVE_RATIO.update))),
        traceOn: optional(flag()),
      }),
    ),
    networkInfo: optional(
      z.object({ internetInfo: optional(z.object({ ipWhitelist: optional(list(addressBlock)) })) }),
    ),
    aclInfo: optional(
      z.object({ aclTypes: optional(list(z.string())), defaultVpcAuthFree: optional(flag()) }),
    ),
  }),
  handler(ctx, input) {
    const whitelist = input.networkInfo?.internetInfo?.ipWhitelist;
    changeInstance(
      ctx,
      input.instanceId,
      (instance) => ({
        name: input.instanceName ?? instance.name,
        remark: input.remark ?? instance.remark,
        product: { ...instance.product, ...given(input.productInfo ?? {}) },
        network: {
          ...instance.network,
          internetInfo: {
            ...instance.network.internetInfo,
            ...(whitelist === undefined ? {} : { ipWhitelist: whitelist }),
          },
        },
        acl: {
          aclTypes: input.aclInfo?.aclTypes?.length ? input.aclInfo.aclTypes : instance.acl.aclTypes,
          defaultVpcAuthFree: input.aclInfo?.defaultVpcAuthFree ?? instance.acl.defaultVpcAuthFree,
        },
      }),
      true,
    );
    return { data: true };
  },
});
