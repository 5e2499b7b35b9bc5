import { z } from "zod";
import { holds } from "../limits/condition.ts";
import { instanceName, regionId } from "../limits/dts.ts";
import { networkConditions, olderEngine, trackingNetworkType } from "../limits/dts-task.ts";
import { clientToken } from "../limits/token.ts";
import { once } from "../once.ts";
import { integer, list, optional, text, textOrEmpty, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { pageOutcome, plainOutcome } from "./outcomes.ts";
import {
  commonParams,
  networkParams,
  pageParams,
  payWord,
  periodWord,
  sourceParams,
  subscriptionObject,
  subscriptionParams,
  trueByDefault,
} from "./params.ts";

/** Change tracking instances in the older family of actions; their tasks are the same as the newer one's. */

const FURTHER = "test/service/dts/further.test.ts";

/** The instance is then NotStarted. A repeated ClientToken gives the same instance. */
export const createSubscriptionInstance = dtsAction({
  name: "CreateSubscriptionInstance",
  kind: "write",
  summary: "Older family: buys a change tracking instance.",
  coverage: "whole",
  testedBy: [FURTHER, "test/service/dts/tokens.test.ts"],
  request: () =>
    z
      .object({
        ...commonParams(),
        Region: text(regionId),
        PayType: withDefault(text(payWord()), "PostPaid"),
        Period: optional(text(periodWord())),
        UsedTime: optional(integer({ min: 1 })),
        ClientToken: optional(text(clientToken)),
        SourceEndpoint: optional(z.object({ InstanceType: optional(text(olderEngine)) })),
      })
      .superRefine((input, context) => {
        if (input.PayType !== "PrePaid") return;
        const missing = (["Period", "UsedTime"] as const).find((name) => input[name] === undefined);
        if (!missing) return;
        context.addIssue({ code: "custom", path: [missing], message: "is required with PayType Prepaid" });
      }),
  answer: { SubscriptionInstanceId: "string", ...plainOutcome },
});

export const configureSubscriptionInstance = dtsAction({
  name: "ConfigureSubscriptionInstance",
  kind: "write",
  summary: "Older family: sets what an instance tracks and from where.",
  source: "https://www.alibabacloud.com/help/en/data-transmission-service/latest/subscriptionobjects",
  coverage: { missing: "TableExcludes is refused." },
  testedBy: [FURTHER],
  request: () =>
    z
      .object({
        ...subscriptionParams(),
        SubscriptionInstanceName: optional(text(instanceName)),
        SubscriptionInstanceNetworkType: withDefault(text(trackingNetworkType), "classic"),
        SubscriptionObject: subscriptionObject(),
        SubscriptionDataType: z
          .object({ DDL: trueByDefault(), DML: trueByDefault() })
          .default({ DDL: true, DML: true }),
        SubscriptionInstance: z.object(networkParams()).default({ VPCId: "", VSwitchId: "" }),
        SourceEndpoint: z.object(sourceParams()).prefault({}),
      })
      .superRefine(
        holds(({ SubscriptionInstanceNetworkType: type, SubscriptionInstance: network }) =>
          networkConditions(
            type,
            { vpcId: network.VPCId, vSwitchId: network.VSwitchId },
            { vpcId: ["SubscriptionInstance", "VPCId"], vSwitchId: ["SubscriptionInstance", "VSwitchId"] },
          ),
        ),
      ),
  answer: plainOutcome,
});

export const startSubscriptionInstance = dtsAction({
  name: "StartSubscriptionInstance",
  kind: "write",
  summary: "Older family: starts an instance.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () => z.object(subscriptionParams()),
  answer: { TaskId: "string", ...plainOutcome },
});

/** An instance as both reads show it; here DDL, DML and VPCHost are in capitals. */
const instance = {
  BeginTimestamp: "string",
  ConsumptionCheckpoint: "string",
  ConsumptionClient: "string",
  EndTimestamp: "string",
  ErrorMessage: "string",
  PayType: "string",
  SourceEndpoint: { InstanceID: "string", InstanceType: "string" },
  Status: "string",
  SubscribeTopic: "string",
  SubscriptionDataType: { DDL: "boolean", DML: "boolean" },
  SubscriptionHost: { PrivateHost: "string", PublicHost: "string", VPCHost: "string" },
  SubscriptionInstanceID: "string",
  SubscriptionInstanceName: "string",
  SubscriptionObject: {
    SynchronousObject: [
      { DatabaseName: "string", TableList: { Table: ["string"] }, WholeDatabase: "string" },
    ],
  },
} as const;

const page = once(() => pageParams({ default: 30, oneOf: [30, 50, 100] }));

export const describeSubscriptionInstances = dtsAction({
  name: "DescribeSubscriptionInstances",
  kind: "read",
  summary: "Older family: lists instances.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () =>
    z.object({
      ...commonParams(),
      SubscriptionInstanceName: optional(text()),
      Tag: optional(list(z.object({ Key: text(), Value: z.optional(textOrEmpty()) }), { max: 20 })),
      PageNum: page().number,
      PageSize: page().size,
    }),
  answer: {
    SubscriptionInstances: {
      SubscriptionInstance: [
        {
          ...instance,
          InstanceCreateTime: "string",
          JobCreateTime: "string",
          Tags: { Tag: [{ Key: "string", Value: "string" }] },
        },
      ],
    },
    ...pageOutcome,
    ...plainOutcome,
  },
});

export const describeSubscriptionInstanceStatus = dtsAction({
  name: "DescribeSubscriptionInstanceStatus",
  kind: "read",
  summary: "Older family: reads one instance.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () => z.object(subscriptionParams()),
  answer: { ...instance, TaskId: "string", ...plainOutcome },
});

export const modifySubscriptionObject = dtsAction({
  name: "ModifySubscriptionObject",
  kind: "write",
  summary: "Older family: changes what an instance tracks.",
  coverage: { missing: "TableExcludes is refused." },
  testedBy: [FURTHER],
  request: () => z.object({ ...subscriptionParams(), SubscriptionObject: subscriptionObject() }),
  answer: plainOutcome,
});

const utcTime = once(() =>
  z
    .string()
    .refine((value) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value) && !Number.isNaN(Date.parse(value)), {
      error: "must be a time such as 2019-10-15T17:20:03Z",
    }),
);

/** The time must lie in the data range, BeginTimestamp to EndTimestamp. */
export const modifyConsumptionTimestamp = dtsAction({
  name: "ModifyConsumptionTimestamp",
  kind: "write",
  summary: "Older family: sets where consumption goes on.",
  coverage: "whole",
  testedBy: [FURTHER, "test/service/dts/lifecycle.test.ts"],
  request: () => z.object({ ...subscriptionParams(), ConsumptionTimestamp: text(utcTime()) }),
  answer: plainOutcome,
});

/** A prepaid instance must have expired. */
export const deleteSubscriptionInstance = dtsAction({
  name: "DeleteSubscriptionInstance",
  kind: "write",
  summary: "Older family: releases an instance.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () => z.object(subscriptionParams()),
  answer: plainOutcome,
});
