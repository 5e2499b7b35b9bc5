import type { Kernel } from "../../core/kernel.ts";
import type { Instance } from "../entities.ts";

/** 5: running. 1: standard edition, pay as you go. */
const running = 5;
export const standardEdition = 1;

export function instanceView(instance: Instance): object {
  return {
    InstanceId: instance.instanceId,
    InstanceName: instance.name,
    InstanceStatus: running,
    InstanceType: standardEdition,
    IndependentNaming: instance.namespace,
    ReleaseTime: 0,
  };
}

export function instanceDetail(kernel: Kernel, instance: Instance): object {
  const { instanceId, region } = instance;
  const http = `${kernel.settings.accountId}.mqrest.${region}`;
  return {
    ...instanceView(instance),
    CreateTime: String(instance.createdAtMs),
    Remark: instance.remark,
    Endpoints: {
      TcpEndpoint: `http://${instanceId}.${region}.mq-internal.aliyuncs.com:8080`,
      TcpInternetEndpoint: `http://${instanceId}.mq.${region}.aliyuncs.com:80`,
      HttpInternalEndpoint: `http://${http}-internal.aliyuncs.com`,
      HttpInternetEndpoint: `http://${http}.aliyuncs.com`,
      HttpInternetSecureEndpoint: `https://${http}.aliyuncs.com`,
    },
  };
}
