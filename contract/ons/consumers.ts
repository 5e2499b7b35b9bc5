import { z } from "zod";
import { once } from "../once.ts";
import { flag, integer, optional, text, withDefault } from "../params.ts";
import { onsAction, outcome } from "./actions-of.ts";
import { groupParams, topicParams } from "./params.ts";

/** What the clients of consumer groups do, and how far they are. */

const detail = once(() => withDefault(flag(), false));

/** Figures of a group; those by topic only when asked for. */
const figures = {
  ConsumeTps: "number",
  DelayTime: "integer",
  DetailInTopicList: {
    DetailInTopicDo: [
      { DelayTime: "integer", LastTimestamp: "integer", Topic: "string", TotalDiff: "integer" },
    ],
  },
  LastTimestamp: "integer",
  Online: "boolean",
  TotalDiff: "integer",
} as const;

const connection = {
  ClientAddr: "string",
  ClientId: "string",
  Language: "string",
  Version: "string",
} as const;

/** A client in the detail of OnsConsumerStatus. */
const client = {
  ClientId: "string",
  Connection: "string",
  ConsumeModel: "string",
  ConsumeType: "string",
  Jstack: { ThreadTrackDo: [{ Thread: "string", TrackList: { Track: ["string"] } }] },
  Language: "string",
  LastTimeStamp: "integer",
  RunningDataList: {
    ConsumerRunningDataDo: [
      { FailedCountPerHour: "integer", FailedTps: "number", OkTps: "number", Rt: "number", Topic: "string" },
    ],
  },
  StartTimeStamp: "integer",
  SubscriptionSet: {
    SubscriptionData: [
      { SubString: "string", SubVersion: "integer", TagsSet: { Tag: ["string"] }, Topic: "string" },
    ],
  },
  ThreadCount: "integer",
  Version: "string",
} as const;

export const onsGroupSubDetail = onsAction({
  name: "OnsGroupSubDetail",
  kind: "read",
  summary: "Lists the topics that a group subscribes to.",
  coverage: "whole",
  request: () => z.object(groupParams()),
  answer: {
    ...outcome,
    Data: {
      GroupId: "string",
      MessageModel: "string",
      Online: "boolean",
      SubscriptionDataList: { SubscriptionDataList: [{ SubString: "string", Topic: "string" }] },
    },
  },
});

export const onsTopicSubDetail = onsAction({
  name: "OnsTopicSubDetail",
  kind: "read",
  summary: "Lists the groups that subscribe to a topic.",
  coverage: "whole",
  request: () => z.object(topicParams()),
  answer: {
    ...outcome,
    Data: {
      SubscriptionDataList: {
        SubscriptionDataList: [
          { GroupId: "string", MessageModel: "string", Online: "string", SubString: "string" },
        ],
      },
      Topic: "string",
    },
  },
});

export const onsConsumerAccumulate = onsAction({
  name: "OnsConsumerAccumulate",
  kind: "read",
  summary: "Shows how far a group is behind.",
  coverage: "whole",
  request: () => z.object({ ...groupParams(), Detail: detail() }),
  answer: { ...outcome, Data: figures },
});

export const onsConsumerStatus = onsAction({
  name: "OnsConsumerStatus",
  kind: "read",
  summary: "Shows the clients of a group and how far it is behind.",
  coverage: {
    missing:
      "no Jstack, RunningDataList, Diff of a client, Connection, ConsumeType, LastTimeStamp, SubVersion, ThreadCount",
  },
  request: () => z.object({ ...groupParams(), Detail: detail(), NeedJstack: withDefault(flag(), false) }),
  answer: {
    ...outcome,
    Data: {
      ...figures,
      ConnectionSet: { ConnectionDo: [{ ...connection, Diff: "integer", RemoteIP: "string" }] },
      ConsumeModel: "string",
      ConsumerConnectionInfoList: { ConsumerConnectionInfoDo: [client] },
      InstanceId: "string",
      RebalanceOK: "boolean",
      SubscriptionSame: "boolean",
    },
  },
});

export const onsConsumerGetConnection = onsAction({
  name: "OnsConsumerGetConnection",
  kind: "read",
  summary: "Lists the connected clients of a group.",
  coverage: "whole",
  request: () => z.object(groupParams()),
  answer: {
    ...outcome,
    Data: { ConnectionList: { ConnectionDo: [connection] }, MessageModel: "string" },
  },
});

/** Type 0 clears what waits, Type 1 goes to ResetTimestamp. */
export const onsConsumerResetOffset = onsAction({
  name: "OnsConsumerResetOffset",
  kind: "write",
  summary: "Moves what a group has read of a topic to a time or to the end.",
  coverage: "whole",
  request: () =>
    z
      .object({
        ...groupParams(),
        Topic: text(),
        Type: integer({ min: 0, max: 1 }),
        ResetTimestamp: optional(integer({ min: 0, max: 253_402_300_799_000 })),
      })
      .refine(({ Type, ResetTimestamp }) => Type === 0 || ResetTimestamp !== undefined, {
        path: ["ResetTimestamp"],
        error: "is required with Type 1",
      }),
  answer: outcome,
});
