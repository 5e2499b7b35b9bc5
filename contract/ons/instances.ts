import { z } from "zod";
import { instanceName4 } from "../limits/rocketmq.ts";
import { flag, optional, text, textOrEmpty, withDefault } from "../params.ts";
import { onsAction, outcome, tagList } from "./actions-of.ts";
import { wantedTagsParam } from "./params.ts";

export const onsInstanceCreate = onsAction({
  name: "OnsInstanceCreate",
  kind: "write",
  summary: "Makes an instance with a namespace.",
  coverage: "whole",
  request: () => z.object({ InstanceName: text(instanceName4), Remark: optional(text()) }),
  answer: { ...outcome, Data: { InstanceId: "string", InstanceType: "integer" } },
});

export const onsInstanceUpdate = onsAction({
  name: "OnsInstanceUpdate",
  kind: "write",
  summary: "Changes name and remark of an instance.",
  coverage: "whole",
  request: () =>
    z.object({
      InstanceId: text(),
      InstanceName: optional(text(instanceName4)),
      Remark: z.optional(textOrEmpty()),
    }),
  answer: outcome,
});

export const onsInstanceDelete = onsAction({
  name: "OnsInstanceDelete",
  kind: "write",
  summary: "Deletes an empty instance.",
  coverage: "whole",
  request: () => z.object({ InstanceId: text() }),
  answer: outcome,
});

export const onsInstanceBaseInfo = onsAction({
  name: "OnsInstanceBaseInfo",
  kind: "read",
  summary: "Shows an instance.",
  coverage: {
    missing:
      "no spInstanceId, spInstanceType, SupportClassic; MaxTps and TopicCapacity are of another edition",
  },
  request: () => z.object({ InstanceId: text() }),
  answer: {
    ...outcome,
    InstanceBaseInfo: {
      CreateTime: "string",
      Endpoints: {
        HttpInternalEndpoint: "string",
        HttpInternetEndpoint: "string",
        HttpInternetSecureEndpoint: "string",
        TcpEndpoint: "string",
        TcpInternetEndpoint: "string",
      },
      IndependentNaming: "boolean",
      InstanceId: "string",
      InstanceName: "string",
      InstanceStatus: "integer",
      InstanceType: "integer",
      MaxTps: "integer",
      ReleaseTime: "integer",
      Remark: "string",
      SupportClassic: "integer",
      TopicCapacity: "integer",
      spInstanceId: "string",
      spInstanceType: "integer",
    },
  },
});

/** Of all regions where the call names none. */
export const onsInstanceInServiceList = onsAction({
  name: "OnsInstanceInServiceList",
  kind: "read",
  summary: "Lists the instances of a region.",
  coverage: "whole",
  request: () => z.object({ Tag: wantedTagsParam(), NeedResourceInfo: withDefault(flag(), false) }),
  answer: {
    ...outcome,
    Data: {
      InstanceVO: [
        {
          CreateTime: "integer",
          GroupCount: "integer",
          IndependentNaming: "boolean",
          InstanceId: "string",
          InstanceName: "string",
          InstanceStatus: "integer",
          InstanceType: "integer",
          ReleaseTime: "integer",
          Tags: tagList,
          TopicCount: "integer",
        },
      ],
    },
  },
});
