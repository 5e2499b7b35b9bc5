import { ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { tellDependents } from "../../core/kit/tell-dependents.ts";
import type { Topic } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { readyInstance, topicOf } from "./find.ts";
import { lifecycleOf } from "./lifecycle.ts";

type TopicSettings = Pick<Topic, "messageType" | "remark" | "maxSendTps" | "liteTopicExpiration">;

export function makeTopic(kernel: Kernel, instanceId: string, name: string, settings: TopicSettings): Topic {
  const store = rocketmqStore(kernel.store);
  return kernel.store.transaction(() => {
    readyInstance(kernel, instanceId);
    if (store.topics.get(instanceId, name)) {
      throw serviceError(ROCKETMQ_ERRORS.TopicExisted, {
        parameter: "topicName",
        detail: `${instanceId} has the topic ${JSON.stringify(name)}.`,
      });
    }
    const now = kernel.clock.now();
    const topic: Topic = {
      ...settings,
      instanceId,
      name,
      status: "CREATING",
      createdAtMs: now,
      updatedAtMs: now,
    };
    store.topics.insert(topic);
    lifecycleOf(kernel).topic(instanceId, name);
    return topic;
  });
}

/** What a topic carries cannot be changed. */
export function changeTopic(
  kernel: Kernel,
  instanceId: string,
  name: string,
  change: Partial<Omit<TopicSettings, "messageType">>,
): void {
  kernel.store.transaction(() => {
    const topic = topicOf(kernel, instanceId, name);
    rocketmqStore(kernel.store).topics.update({
      ...topic,
      remark: change.remark ?? topic.remark,
      maxSendTps: change.maxSendTps ?? topic.maxSendTps,
      liteTopicExpiration: change.liteTopicExpiration ?? topic.liteTopicExpiration,
      updatedAtMs: kernel.clock.now(),
    });
  });
}

export function removeTopic(kernel: Kernel, instanceId: string, name: string): void {
  kernel.store.transaction(() => {
    topicOf(kernel, instanceId, name);
    rocketmqStore(kernel.store).topics.delete(instanceId, name);
    tellDependents(kernel);
  });
}
