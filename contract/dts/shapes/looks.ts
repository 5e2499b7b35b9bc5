import type { Shape } from "./shape.ts";

const connection = {
  connectAdvice: "string",
  connectDetail: [{ testName: "string", testSuccess: "boolean" }],
  connectRes: "boolean",
} as const satisfies Shape;

/** Answers of the actions that look at one task or one source. */
export const LOOK_SHAPES = {
  DescribeConnectionStatus: {
    DestinationConnectionStatus: connection,
    ErrCode: "string",
    ErrMessage: "string",
    RequestId: "string",
    SourceConnectionStatus: connection,
    Success: "string",
  },
  DescribeDtsServiceLog: {
    DynamicCode: "string",
    DynamicMessage: "string",
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "integer",
    PageNumber: "integer",
    PageRecordCount: "integer",
    RequestId: "string",
    ServiceLogContexts: [{ Context: "string", State: "string", Time: "string" }],
    Success: "boolean",
    TotalRecordCount: "integer",
  },
  DescribeMigrationJobAlert: {
    DelayAlertPhone: "string",
    DelayAlertStatus: "string",
    DelayOverSeconds: "string",
    ErrCode: "string",
    ErrMessage: "string",
    ErrorAlertPhone: "string",
    ErrorAlertStatus: "string",
    MigrationJobId: "string",
    MigrationJobName: "string",
    RequestId: "string",
    Success: "string",
  },
  DescribeSubscriptionMeta: {
    ErrCode: "string",
    ErrMessage: "string",
    HttpStatusCode: "string",
    RequestId: "string",
    SubscriptionMetaList: [
      { Checkpoint: "integer", DBList: "string", DProxyUrl: "string", Sid: "string", Topic: "string" },
    ],
    Success: "string",
  },
  SummaryJobDetail: {
    Code: "string",
    HttpStatusCode: "integer",
    JobId: "string",
    ProgressSummaryDetails: [{ Key: "string", State: "integer", TotalCount: "integer" }],
    RequestId: "string",
    Success: "boolean",
  },
} as const satisfies Record<string, Shape>;
