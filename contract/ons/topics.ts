import { z } from "zod";
import { MESSAGE_TYPES_4, topicName4 } from "../limits/rocketmq.ts";
import { integer, optional, text } from "../params.ts";
import { onsAction, outcome, tagList } from "./actions-of.ts";
import { instanceParams, topicParams, wantedTagsParam } from "./params.ts";

/** Names are unique as those of groups are (RMQ-1). */
export const onsTopicCreate = onsAction({
  name: "OnsTopicCreate",
  kind: "write",
  summary: "Makes a topic.",
  coverage: "whole",
  request: () =>
    z.object({
      ...instanceParams(),
      Topic: text(topicName4),
      MessageType: integer().refine((type) => MESSAGE_TYPES_4.some((known) => known === type), {
        error: `must be one of ${MESSAGE_TYPES_4.join(", ")}`,
      }),
      Remark: optional(text()),
    }),
  answer: outcome,
});

export const onsTopicDelete = onsAction({
  name: "OnsTopicDelete",
  kind: "write",
  summary: "Deletes a topic.",
  coverage: "whole",
  request: () => z.object(topicParams()),
  answer: outcome,
});

/** `Topic` is compared whole; the list is there if empty. */
export const onsTopicList = onsAction({
  name: "OnsTopicList",
  kind: "read",
  summary: "Lists the topics of an instance.",
  coverage: "whole",
  request: () => z.object({ ...instanceParams(), Topic: optional(text()), Tag: wantedTagsParam() }),
  answer: {
    ...outcome,
    Data: {
      PublishInfoDo: [
        {
          CreateTime: "integer",
          IndependentNaming: "boolean",
          InstanceId: "string",
          MessageType: "integer",
          Owner: "string",
          Relation: "integer",
          RelationName: "string",
          Remark: "string",
          ServiceStatus: "integer",
          Tags: tagList,
          Topic: "string",
        },
      ],
    },
  },
});

export const onsTopicStatus = onsAction({
  name: "OnsTopicStatus",
  kind: "read",
  summary: "Shows what a topic holds.",
  coverage: { missing: "Figures are zero: no client sends to 4.x topics here." },
  request: () => z.object(topicParams()),
  answer: { ...outcome, Data: { LastTimeStamp: "integer", Perm: "integer", TotalCount: "integer" } },
});
