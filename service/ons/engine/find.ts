import {
  GATEWAY_ERRORS,
  ONS_ERRORS,
  type ServiceError,
  serviceError,
} from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Group, Instance, Topic } from "../entities.ts";
import { onsStore } from "../store.ts";

/** Whether a list shows what is in a region: all is shown where the call names none. */
export function isNamed({ namedRegion }: CallContext, region: string): boolean {
  return namedRegion === undefined || namedRegion === region;
}

/**
 * The instance of a call. Without an id the one in the region whose names need no namespace, if there is one; where
 * no region is named either, one of another region will do.
 */
export function instanceOf(ctx: CallContext, instanceId: string | undefined): Instance {
  const store = onsStore(ctx.store);
  if (instanceId === undefined) {
    const open = store.instances().filter(({ region, namespace }) => isNamed(ctx, region) && !namespace);
    const shared = open.find(({ region }) => region === ctx.region) ?? open[0];
    if (shared) return shared;
    throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "InstanceId" });
  }
  const instance = store.instance(instanceId);
  if (instance) return instance;
  throw serviceError(ONS_ERRORS.InstanceNotFound, {
    parameter: "InstanceId",
    detail: `Asked for ${instanceId}.`,
  });
}

export function topicOf(ctx: CallContext, instance: Instance, name: string): Topic {
  const topic = onsStore(ctx.store).topics.get(instance.instanceId, name);
  if (!topic) throw notOwner("Topic", name, instance);
  return topic;
}

export function groupOf(ctx: CallContext, instance: Instance, name: string): Group {
  const group = onsStore(ctx.store).groups.get(instance.instanceId, name);
  if (!group) throw notOwner("GroupId", name, instance);
  return group;
}

function notOwner(parameter: string, name: string, instance: Instance): ServiceError {
  return serviceError(ONS_ERRORS.NotOwner, {
    parameter,
    detail: `Asked for ${name} in ${instance.instanceId}.`,
  });
}
