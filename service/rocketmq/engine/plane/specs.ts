import { createHash } from "node:crypto";
import { isLoopbackHost } from "../../../../contract/local.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { GROWING_RETRY_MS, type GroupSpec, type InstanceSpec, type TopicSpec } from "../../broker/spec.ts";
import type { Group, Instance, Topic } from "../../entities.ts";
import { queueGroup } from "../../queue-group.ts";
import { settingsOf } from "../../settings.ts";
import { rocketmqStore } from "../../store.ts";
import type { ServedInstance } from "../../threads/messages.ts";

const ID_LENGTH = 32;
const MESSAGE_TYPES = ["NORMAL", "FIFO", "DELAY", "TRANSACTION"] as const;

/** All that the message thread is told when it starts. */
export function servedInstances(kernel: Kernel): ServedInstance[] {
  const instances = rocketmqStore(kernel.store).instances();
  return instances.filter(isServed).map((instance) => servedInstance(kernel, instance));
}

export function servedInstance(kernel: Kernel, instance: Instance): ServedInstance {
  return { spec: instanceSpec(kernel, instance), port: instance.messagingPort };
}

/** One that is still being made has nothing yet; one that was made keeps what it has. */
export function isServed({ status }: Instance): boolean {
  return status !== "CREATING";
}

/** Of what the thread was told; where it listens is not for it to be told again. */
export function keyOf({ spec }: ServedInstance): string {
  return JSON.stringify(spec);
}

function instanceSpec(kernel: Kernel, { instanceId, acl }: Instance): InstanceSpec {
  const store = rocketmqStore(kernel.store);
  return {
    instanceId,
    topics: store.topics.list(instanceId).flatMap((topic) => topicSpec(topic) ?? []),
    groups: store.groups.list(instanceId).map(groupSpec),
    accounts: store
      .accounts(instanceId)
      .filter(({ status }) => status === "ENABLE")
      .map(({ username, sealedPassword }) => ({ username, password: kernel.vault.open(sealedPassword) })),
    // From within the network no account is asked for where the instance says so; what is within is this machine alone.
    allowsAnonymous:
      acl.defaultVpcAuthFree && isLoopbackHost(kernel.settings.rocketmq.host ?? kernel.settings.host),
    makesGroups: settingsOf(kernel).autoCreateGroups,
  };
}

/** Undefined of a kind of topic whose messages are not kept here. */
function topicSpec({ instanceId, name, messageType, createdAtMs }: Topic): TopicSpec | undefined {
  const known = MESSAGE_TYPES.find((one) => one === messageType);
  return known && { name, id: idOf("t", instanceId, name, createdAtMs), messageType: known };
}

export function groupSpec(group: Group): GroupSpec {
  const { instanceId, groupId, createdAtMs } = group;
  const { order, maxRetries, fixedIntervalSeconds, deadLetterTopic } = queueGroup(group);
  return {
    name: groupId,
    id: idOf("g", instanceId, groupId, createdAtMs),
    isOrdered: order === "Orderly",
    maxRetries,
    retryMs: fixedIntervalSeconds === undefined ? GROWING_RETRY_MS : [fixedIntervalSeconds * 1_000],
    ...(deadLetterTopic === undefined ? {} : { deadLetterTopic }),
  };
}

/** The same as long as it is the same thing: what is made again under a name begins anew. */
function idOf(kind: string, instanceId: string, name: string, createdAtMs: number): string {
  const digest = createHash("sha256").update(JSON.stringify([instanceId, name, createdAtMs]));
  return `${kind}-${digest.digest("hex").slice(0, ID_LENGTH)}`;
}
