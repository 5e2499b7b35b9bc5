import { z } from "zod";
import { holds, needs } from "../limits/condition.ts";
import { regionId } from "../limits/dts.ts";
import { computeUnits, destinationEngine, feeType, topology, units } from "../limits/dts-task.ts";
import { periodRefusal } from "../limits/payment.ts";
import { wireEngineName } from "../limits/source.ts";
import { once } from "../once.ts";
import { flag, integer, optional, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { bareOutcome, codedOutcome, pageOutcome, plainOutcome } from "./outcomes.ts";
import { commonParams, jobIdParams, pageParams, payWord, periodWord } from "./params.ts";

/** Instances: buying, paying, and the reads that infrastructure tools use. */

const FURTHER = "test/service/dts/further.test.ts";
const INFRASTRUCTURE_TOOLS = "test/service/conformance/infrastructure-tools.test.ts";

export const createDtsInstance = dtsAction({
  name: "CreateDtsInstance",
  kind: "write",
  summary: "Buys a change tracking instance with its task.",
  source: "https://help.aliyun.com/document_detail/208270.html",
  coverage: {
    missing:
      "Only Type=SUBSCRIBE; a JobId configured before the purchase is refused; DU limits, DtsRegion and InsightModule are ignored.",
  },
  testedBy: ["test/service/dts/clients.test.ts", "test/service/dts/limits.test.ts"],
  request: () =>
    z
      .object({
        ...commonParams(),
        RegionId: optional(regionId),
        Type: optional(text()),
        JobId: optional(text()),
        PayType: text(payWord()),
        Period: optional(text(periodWord())),
        UsedTime: optional(integer({ min: 1 })),
        SourceEndpointEngineName: withDefault(text(wireEngineName), "MySQL"),
        SourceRegion: optional(text()),
        DestinationEndpointEngineName: optional(text(destinationEngine)),
        DestinationRegion: optional(text()),
        InstanceClass: optional(text()),
        Quantity: withDefault(integer({ min: 1, max: 1 }), 1),
        AutoStart: optional(flag()),
        AutoPay: optional(flag()),
        DatabaseCount: optional(integer({ min: 1 })),
        Du: optional(integer().pipe(units)),
        ComputeUnit: optional(integer().pipe(computeUnits)),
        FeeType: optional(text(feeType)),
        SyncArchitecture: optional(text(topology)),
      })
      .superRefine((input, context) => {
        if (input.PayType !== "PrePaid") return;
        if (input.Period === undefined || input.UsedTime === undefined) {
          const path = [input.Period === undefined ? "Period" : "UsedTime"];
          context.addIssue({ code: "custom", path, message: "is required with PayType PrePaid" });
          return;
        }
        const message = periodRefusal(input.Period, input.UsedTime);
        if (message !== undefined) context.addIssue({ code: "custom", path: ["UsedTime"], message });
      }),
  answer: { InstanceId: "string", JobId: "string", ...plainOutcome },
});

/** By 1 to 60 months or 1 to 5 years. */
export const renewInstance = dtsAction({
  name: "RenewInstance",
  kind: "write",
  summary: "Prolongs a prepaid instance.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () =>
    z.object({
      ...jobIdParams(),
      ChargeType: text(payWord()).refine((type) => type === "PrePaid", { error: "must be PREPAY" }),
      Period: withDefault(text(periodWord()), "Month"),
      BuyCount: withDefault(integer({ min: 1 }), 1),
    }),
  answer: {
    ChargeType: "string",
    DtsJobId: "string",
    EndTime: "string",
    InstanceId: "string",
    ...codedOutcome,
  },
});

/** EndTime is seconds as a string, and is left out for a pay-as-you-go instance. */
export const transferPayType = dtsAction({
  name: "TransferPayType",
  kind: "write",
  summary: "Changes how an instance is paid for.",
  coverage: { missing: "nothing renews itself: AutoPay and DU limits are ignored" },
  testedBy: [FURTHER],
  request: () =>
    z
      .object({
        ...jobIdParams(),
        ChargeType: text(payWord()),
        Period: withDefault(text(periodWord()), "Month"),
        BuyCount: optional(integer({ min: 1 })),
        InstanceClass: optional(text()),
      })
      .superRefine(
        holds((input) => [
          needs(input.ChargeType === "PrePaid", input.BuyCount, ["BuyCount"], "with ChargeType PrePaid"),
        ]),
      ),
  answer: {
    ChargeType: "string",
    DtsJobId: "string",
    EndTime: "string",
    InstanceId: "string",
    ...codedOutcome,
  },
});

/** Groups are names here: nothing checks that one exists. */
export const convertInstanceResourceGroup = dtsAction({
  name: "ConvertInstanceResourceGroup",
  kind: "write",
  summary: "Puts an instance into another resource group.",
  coverage: "whole",
  testedBy: [INFRASTRUCTURE_TOOLS],
  request: () => z.object({ ...commonParams(), ResourceId: text(), NewResourceGroupId: text() }),
  answer: codedOutcome,
});

const READ_BY_TERRAFORM = "not published; what the Terraform provider of Alibaba Cloud reads";

const instanceStatus = {
  CreateTime: "string",
  DtsInstanceId: "string",
  SourceEndpointEngineType: "string",
  DestEndpointEngineType: "string",
  SourceEndpointRegion: "string",
  DestEndpointRegion: "string",
  InstanceClass: "string",
  InstanceName: "string",
  PayType: "string",
  ResourceGroupId: "string",
  Status: "string",
  Tags: [{ TagKey: "string", TagValue: "string" }],
  Type: "string",
} as const;

/** Its payment words are POSTPAY and PREPAY; the status `finished` means that the instance has gone. */
export const describeDtsInstanceDetail = dtsAction({
  name: "DescribeDtsInstanceDetail",
  kind: "read",
  summary: "Reads one instance (not published; clients read it).",
  source: READ_BY_TERRAFORM,
  coverage: "whole",
  testedBy: [FURTHER, INFRASTRUCTURE_TOOLS],
  request: () =>
    z.object({
      ...commonParams(),
      InstanceId: optional(text()),
      DtsInstanceId: optional(text()),
      DtsInstanceID: optional(text()),
    }),
  answer: { DtsInstanceStatus: instanceStatus, ...bareOutcome },
});

const page = once(() => pageParams({ default: 30 }));

/** By PageNum and PageSize until a page is short. Clients name no region: all regions are listed then. */
export const describeDtsInstances = dtsAction({
  name: "DescribeDtsInstances",
  kind: "read",
  summary: "Lists instances (not published; clients read it).",
  source: READ_BY_TERRAFORM,
  coverage: "whole",
  testedBy: [INFRASTRUCTURE_TOOLS],
  request: () => z.object({ ...commonParams(), PageNum: page().number, PageSize: page().size }),
  answer: { DtsInstanceStatusList: [instanceStatus], ...pageOutcome, ...bareOutcome },
});
