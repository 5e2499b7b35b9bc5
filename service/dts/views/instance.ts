import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { utcText } from "./time.ts";

/**
 * An instance as the unpublished reads of instances show it. Infrastructure tools hold what they sent against
 * it, and replace the instance where it differs: the type is in small letters, the destination and the class
 * are given back as they were bought, and a class that nobody asked for is left out.
 */
export function instanceStatusFields(kernel: Kernel, job: Job) {
  const { bought } = job;
  return {
    CreateTime: utcText(job.createdAtMs),
    DtsInstanceId: job.instanceId,
    SourceEndpointEngineType: job.configuration?.source.engineName ?? job.engineName,
    DestEndpointEngineType: bought?.destinationEngineName ?? "",
    SourceEndpointRegion: job.sourceRegion,
    DestEndpointRegion: bought?.destinationRegion ?? job.region,
    ...(bought?.instanceClass === undefined ? {} : { InstanceClass: bought.instanceClass }),
    InstanceName: job.name,
    PayType: job.payType === "PrePaid" ? "PREPAY" : "POSTPAY",
    ResourceGroupId: job.resourceGroupId || DEFAULT_RESOURCE_GROUP_ID,
    Status: job.status,
    Tags: dtsStore(kernel.store)
      .tags(job.instanceId)
      .map((tag) => ({ TagKey: tag.key, TagValue: tag.value })),
    Type: "subscribe",
  };
}
