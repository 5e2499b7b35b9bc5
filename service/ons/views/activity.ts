import type { GroupActivity, TopicActivity } from "../../core/kit/ports.ts";

export const CLUSTERING = "CLUSTERING";

/** The figures that OnsConsumerStatus and OnsConsumerAccumulate share; details by topic only when asked for. */
export function figuresView(activity: GroupActivity, detail: boolean) {
  const topics = activity.topics ?? [];
  return {
    ConsumeTps: Math.round((activity.consumedPerMinute / 60) * 100) / 100,
    DelayTime: Math.max(0, ...topics.map((topic) => topic.delaySeconds * 1000)),
    DetailInTopicList: { DetailInTopicDo: detail ? topics.map(topicView) : [] },
    LastTimestamp: activity.lastConsumedAtMs ?? 0,
    Online: activity.connectedClients > 0,
    TotalDiff: activity.accumulatedMessages,
  };
}

function topicView(topic: TopicActivity) {
  return {
    Topic: topic.topic,
    DelayTime: topic.delaySeconds * 1000,
    LastTimestamp: topic.lastConsumedAtMs ?? 0,
    TotalDiff: topic.accumulatedMessages,
  };
}

/** The connected clients. */
export function connectionViews({ clients }: GroupActivity) {
  return clients.map(({ clientId, address, language, version }) => ({
    ClientId: clientId,
    ClientAddr: address,
    Language: language ?? "",
    Version: version ?? "",
  }));
}

/** The same with the address without its port. */
export function remoteViews(activity: GroupActivity) {
  return connectionViews(activity).map((view, i) => ({
    ...view,
    RemoteIP: (activity.clients[i]?.address ?? "").replace(/:\d+$/, ""),
  }));
}

/** What every client of the group subscribes to; tags are taken apart. */
export function subscriptionData({ topics = [] }: GroupActivity) {
  return topics.map(({ topic, filter, filterType }) => ({
    SubString: filter,
    TagsSet: {
      Tag: filterType === "TAG" && filter !== "*" ? filter.split("||").map((tag) => tag.trim()) : [],
    },
    Topic: topic,
  }));
}
