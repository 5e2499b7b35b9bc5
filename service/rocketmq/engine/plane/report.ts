import type { Kernel } from "../../../core/kit/kernel.ts";
import type { GroupFigures } from "../../broker/figures.ts";
import { rocketmqStore } from "../../store.ts";
import { findLifecycle } from "../lifecycle.ts";
import { delayOf } from "./activity.ts";
import { messagingAddress } from "./addresses.ts";
import type { MessagePlane } from "./plane.ts";

/** What `/_service/status` says of the messages: who listens where, and how topics and groups are. */
export function messagesReport(kernel: Kernel): object {
  const plane = findLifecycle(kernel)?.plane;
  if (!plane) return { messages: "off" };
  return {
    messages: plane.status(),
    listeners: rocketmqStore(kernel.store)
      .instances()
      .map(({ instanceId }) => listenerReport(kernel, plane, instanceId)),
  };
}

/** The messages, which a snapshot does not hold: a restore keeps those of topics that both have. */
export function messagesLeftOut(kernel: Kernel): readonly string[] {
  const plane = findLifecycle(kernel)?.plane;
  const store = rocketmqStore(kernel.store);
  return store
    .instances()
    .flatMap(({ instanceId }) =>
      (plane?.figures(instanceId)?.topics ?? [])
        .filter(({ startOffset, endOffset, held }) => endOffset > startOffset || held > 0)
        .map(
          ({ topic, startOffset, endOffset, held }) =>
            `the messages of ${topic} of ${instanceId}: ${endOffset - startOffset + held}`,
        ),
    );
}

function listenerReport(kernel: Kernel, plane: MessagePlane, instanceId: string): object {
  const address = messagingAddress(kernel, instanceId);
  const place = plane.place(instanceId);
  const figures = plane.figures(instanceId);
  return {
    instanceId,
    ...(address === undefined ? {} : { address }),
    ...(place && "failure" in place ? { failure: place.failure } : {}),
    producers: figures?.producers ?? 0,
    topics: (figures?.topics ?? []).map(({ topic, sent, held, startOffset, endOffset }) => ({
      topic,
      sent,
      held,
      kept: endOffset - startOffset,
    })),
    groups: (figures?.groups ?? [])
      .filter(({ clients, topics }) => clients.length > 0 || topics.length > 0)
      .map((group) => groupReport(group, kernel.clock.now())),
  };
}

function groupReport({ group, clients, topics, notes }: GroupFigures, nowMs: number): object {
  return {
    groupId: group,
    clients: clients.map(({ clientId, address, kind, language, version }) => ({
      clientId,
      address,
      kind,
      language,
      version,
    })),
    notes,
    topics: topics.map((topic) => ({
      topic: topic.topic,
      ready: topic.ready,
      inflight: topic.inflight,
      delaySeconds: Math.floor(delayOf(topic, nowMs) / 1_000),
      received: topic.received,
      deadLettered: topic.deadLettered,
      discarded: topic.discarded,
    })),
  };
}
