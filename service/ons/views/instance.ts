import { NO_HOST_DOMAIN } from "../../../contract/local.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Instance } from "../entities.ts";

/** 5: running. 1: standard edition, pay as you go. */
const RUNNING = 5;
export const STANDARD_EDITION = 1;

export function instanceView(instance: Instance) {
  return {
    InstanceId: instance.instanceId,
    InstanceName: instance.name,
    InstanceStatus: RUNNING,
    InstanceType: STANDARD_EDITION,
    IndependentNaming: instance.namespace,
    ReleaseTime: 0,
  };
}

export function instanceDetail(kernel: Kernel, instance: Instance) {
  const { instanceId, region } = instance;
  // In the published form, with hosts that never resolve: nothing listens for clients here yet.
  const http = `${kernel.settings.accountId}.mqrest.${region}`;
  return {
    ...instanceView(instance),
    CreateTime: String(instance.createdAtMs),
    Remark: instance.remark,
    Endpoints: {
      TcpEndpoint: `http://${instanceId}.${region}.mq-internal.${NO_HOST_DOMAIN}:8080`,
      TcpInternetEndpoint: `http://${instanceId}.mq.${region}.${NO_HOST_DOMAIN}:80`,
      HttpInternalEndpoint: `http://${http}-internal.${NO_HOST_DOMAIN}`,
      HttpInternetEndpoint: `http://${http}.${NO_HOST_DOMAIN}`,
      HttpInternetSecureEndpoint: `https://${http}.${NO_HOST_DOMAIN}`,
    },
  };
}
