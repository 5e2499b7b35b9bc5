import { z } from "zod";
import { GROUP_TYPES_4, groupName4 } from "../limits/rocketmq.ts";
import { oneOf } from "../limits/text.ts";
import { flag, optional, text, withDefault } from "../params.ts";
import { onsAction, outcome, tagList } from "./actions-of.ts";
import { groupParams, instanceParams, wantedTagsParam } from "./params.ts";

/** Consumer groups of an instance. What their clients do is in `consumers.ts`. */

/** Holds RMQ-1 and RMQ-2; order and retry are the client's on 4.x (RMQ-6). */
export const onsGroupCreate = onsAction({
  name: "OnsGroupCreate",
  kind: "write",
  summary: "Makes a consumer group.",
  coverage: "whole",
  request: () =>
    z.object({
      ...instanceParams(),
      GroupId: text(groupName4),
      GroupType: withDefault(text(oneOf(GROUP_TYPES_4)), "tcp"),
      Remark: optional(text()),
    }),
  answer: outcome,
});

export const onsGroupDelete = onsAction({
  name: "OnsGroupDelete",
  kind: "write",
  summary: "Deletes a consumer group, whoever uses it.",
  coverage: "whole",
  request: () => z.object(groupParams()),
  answer: outcome,
});

/**
 * `GroupId` is a part of the name; the list is there if empty. `GroupType` `all` is no filter: it is not published,
 * and the widest tool sends it.
 */
export const onsGroupList = onsAction({
  name: "OnsGroupList",
  kind: "read",
  summary: "Lists the consumer groups of an instance.",
  coverage: "whole",
  request: () =>
    z.object({
      ...instanceParams(),
      GroupId: optional(text()),
      GroupType: optional(text()),
      Tag: wantedTagsParam(),
    }),
  answer: {
    ...outcome,
    Data: {
      SubscribeInfoDo: [
        {
          CreateTime: "integer",
          GroupId: "string",
          GroupType: "string",
          IndependentNaming: "boolean",
          InstanceId: "string",
          Owner: "string",
          Remark: "string",
          Tags: tagList,
          UpdateTime: "integer",
        },
      ],
    },
  },
});

export const onsGroupConsumerUpdate = onsAction({
  name: "OnsGroupConsumerUpdate",
  kind: "write",
  summary: "Lets a group read, or stops it.",
  coverage: "whole",
  request: () => z.object({ ...groupParams(), ReadEnable: flag() }),
  answer: outcome,
});
