import {
  GATEWAY_ERRORS,
  ONS_ERRORS,
  type ServiceError,
  serviceError,
} from "../../../contract/errors/index.ts";
import type { CallContext } from "../../core/action.ts";
import type { Group, Instance, Topic } from "../entities.ts";
import { onsStore } from "../store.ts";

/** The instance of a call. Without an id the one in the region whose names need no namespace, if there is one. */
export function instanceOf(ctx: CallContext, instanceId: string | undefined): Instance {
  const store = onsStore(ctx.store);
  if (instanceId === undefined) {
    const shared = store.instances().find(({ region, namespace }) => region === ctx.region && !namespace);
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
