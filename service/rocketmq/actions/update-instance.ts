import { updateInstance as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeInstance } from "../engine/instances.ts";

export const updateInstance = defineAction(published, (ctx, input) => {
  const whitelist = input.networkInfo?.internetInfo?.ipWhitelist;
  changeInstance(
    ctx,
    input.instanceId,
    (instance) => ({
      name: input.instanceName ?? instance.name,
      remark: input.remark ?? instance.remark,
      product: { ...instance.product, ...given(input.productInfo) },
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
});

/** The members that were given; an empty value is none. */
function given<T extends object>(members: T | undefined): Partial<T> {
  const present = Object.entries(members ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Partial<T>;
}
