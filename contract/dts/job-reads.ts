import { z } from "zod";
import { regionId } from "../limits/dts.ts";
import { taskType } from "../limits/dts-task.ts";
import { oneOf } from "../limits/text.ts";
import { once } from "../once.ts";
import { flag, jsonText, optional, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { bareOutcome, dynamicOutcome, pageOutcome } from "./outcomes.ts";
import { commonParams, jobParams, oneWayParams, pageParams } from "./params.ts";

/**
 * Tasks as they are: one, many, counted. Fields that only migrations, synchronisations and
 * distributed tasks have are left out of the answers.
 */

/** Where a task reads from. */
const sourceEndpoint = {
  DatabaseName: "string",
  EngineName: "string",
  InstanceID: "string",
  InstanceType: "string",
  Ip: "string",
  OracleSID: "string",
  Port: "string",
  Region: "string",
  SslSolutionEnum: "string",
  UserName: "string",
} as const;

/** What the detail of a task and its line in a list have in common. `DbObject` and `Reserved` are JSON text. */
const jobShape = {
  AppName: "string",
  BeginTimestamp: "string",
  ConsumptionCheckpoint: "string",
  ConsumptionClient: "string",
  CreateTime: "string",
  DbObject: "string",
  DedicatedClusterId: "string",
  Delay: "integer",
  DtsBisLabel: "string",
  DtsInstanceID: "string",
  DtsJobClass: "string",
  DtsJobDirection: "string",
  DtsJobId: "string",
  DtsJobName: "string",
  EndTimestamp: "string",
  ErrorMessage: "string",
  ExpireTime: "string",
  JobType: "string",
  PayType: "string",
  Reserved: "string",
  ResourceGroupDisplayName: "string",
  ResourceGroupId: "string",
  Status: "string",
} as const;

/**
 * SourceEndpoint, SubscriptionDataType and Reserved are always there: clients read them without a check. BinlogSite, of which the
 * page says "the current offset", is the place in the source up to which all was read. Delay is in milliseconds, in the list of
 * tasks in seconds.
 */
export const describeDtsJobDetail = dtsAction({
  name: "DescribeDtsJobDetail",
  kind: "read",
  summary: "Reads one task with its source, state, topic and data range.",
  source: "https://help.aliyun.com/document_detail/208925.html",
  coverage: {
    missing:
      "only the fields of change tracking tasks: no DtsJobDirection, SynchronizationDirection, TaskType; no DedicatedClusterId, InitCheckpoint; no BinlogSite, Delay of what is not captured",
  },
  testedBy: ["test/service/dts/lifecycle.test.ts", "test/service/conformance/infrastructure-tools.test.ts"],
  request: () => z.object({ ...commonParams(), DtsInstanceID: optional(text()), DtsJobId: optional(text()) }),
  answer: {
    ...jobShape,
    BinlogSite: "string",
    BootTime: "string",
    Checkpoint: "integer",
    Code: "integer",
    DestNetType: "string",
    DynamicMessage: "string",
    ErrCode: "string",
    ErrMessage: "string",
    FinishTime: "string",
    GroupId: "string",
    InitCheckpoint: "string",
    LastUpdateTime: "string",
    SourceEndpoint: {
      ...sourceEndpoint,
      AliyunUid: "string",
      CanModifyPassword: "boolean",
      RoleName: "string",
    },
    SubscribeTopic: "string",
    SubscriptionDataType: { Ddl: "boolean", Dml: "boolean" },
    SubscriptionHost: { PrivateHost: "string", PublicHost: "string", VpcHost: "string" },
    SynchronizationDirection: "string",
    TaskType: "string",
    ...bareOutcome,
  },
});

/** The state of a precheck with its items. */
const precheckStatus = {
  Detail: [
    {
      CheckItem: "string",
      CheckItemDescription: "string",
      CheckResult: "string",
      FailedReason: "string",
      RepairMethod: "string",
    },
  ],
  ErrorMessage: "string",
  Percent: "string",
  Status: "string",
} as const;

const tagFilter = once(() => z.array(z.object({ key: z.string(), value: z.string().optional() })));
const jobPage = once(() => pageParams({ default: 20, oneOf: [20, 30, 50, 100] }));

/** JobType is MIGRATION unless said otherwise: a change tracking task is found with SUBSCRIBE only. */
export const describeDtsJobs = dtsAction({
  name: "DescribeDtsJobs",
  kind: "read",
  summary: "Lists tasks, a page at a time.",
  source: "https://help.aliyun.com/document_detail/209702.html",
  coverage: {
    missing:
      "Knows change tracking tasks and their fields only, no DtsJobDirection, DedicatedClusterId, ErrorDetails, and no Delay of what is not captured; filters of destinations and dedicated clusters are ignored.",
  },
  testedBy: ["test/service/dts/clients.test.ts", "test/service/dts/limits.test.ts"],
  request: () =>
    z.object({
      ...jobParams(),
      Region: optional(text()),
      JobType: withDefault(text(), "MIGRATION"),
      Type: optional(z.enum(["instance", "name", "srcRds", "rds"])),
      Params: optional(text()),
      InstanceId: optional(text()),
      Status: optional(text()),
      Tags: optional(jsonText(tagFilter())),
      OrderColumn: optional(z.enum(["CreateTime", "FinishTime", "duLimit"])),
      OrderDirection: withDefault(z.enum(["ASC", "DESC"]), "ASC"),
      WithoutDbList: withDefault(flag(), false),
      PageNumber: jobPage().number,
      PageSize: jobPage().size,
    }),
  answer: {
    DtsJobList: [
      {
        ...jobShape,
        Checkpoint: "string",
        ErrorDetails: [{ ErrorCode: "string", HelpUrl: "string" }],
        OriginType: "string",
        PrecheckStatus: precheckStatus,
        SourceEndpoint: sourceEndpoint,
        TagList: [{ TagKey: "string", TagValue: "string" }],
      },
    ],
    ...pageOutcome,
    ...dynamicOutcome,
  },
});

export const countJobByCondition = dtsAction({
  name: "CountJobByCondition",
  kind: "read",
  summary: "Counts tasks.",
  coverage: { missing: "only change tracking tasks are there; of Type, name and instance are looked for" },
  testedBy: ["test/service/conformance/support/life.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      Region: text(regionId),
      JobType: optional(text(taskType)),
      Status: optional(text()),
      SrcDbType: optional(text()),
      GroupId: optional(text()),
      Type: withDefault(text(oneOf(["name", "instance"])), "name"),
      Params: optional(text()),
    }),
  answer: { TotalRecordCount: "integer", ...dynamicOutcome },
});

export const summaryJobDetail = dtsAction({
  name: "SummaryJobDetail",
  kind: "read",
  summary: "Counts the objects that a task migrates.",
  coverage: { missing: "a change tracking task migrates none: no Key, State, TotalCount" },
  testedBy: ["test/service/conformance/support/life.ts"],
  request: () =>
    z.object({
      ...oneWayParams(),
      JobCode: text(oneOf(["02", "03"])),
      StructType: optional(text(oneOf(["before", "after"]))),
      ZeroEtlJob: optional(flag()),
    }),
  answer: {
    Code: "string",
    JobId: "string",
    ProgressSummaryDetails: [{ Key: "string", State: "integer", TotalCount: "integer" }],
    ...bareOutcome,
  },
});
