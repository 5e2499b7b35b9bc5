import type { Shape } from "./shape.ts";

const connection = {
  connectAdvice: "text",
  connectDetail: [{ testName: "text", testSuccess: "flag" }],
  connectRes: "flag",
} as const satisfies Shape;

/** Answers of the actions that look at one task or one source. */
export const LOOK_SHAPES = {
  DescribeConnectionStatus: {
    DestinationConnectionStatus: connection,
    ErrCode: "text",
    ErrMessage: "text",
    RequestId: "text",
    SourceConnectionStatus: connection,
    Success: "text",
  },
  DescribeDtsServiceLog: {
    DynamicCode: "text",
    DynamicMessage: "text",
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "integer",
    PageNumber: "integer",
    PageRecordCount: "integer",
    RequestId: "text",
    ServiceLogContexts: [{ Context: "text", State: "text", Time: "text" }],
    Success: "flag",
    TotalRecordCount: "integer",
  },
  DescribeMigrationJobAlert: {
    DelayAlertPhone: "text",
    DelayAlertStatus: "text",
    DelayOverSeconds: "text",
    ErrCode: "text",
    ErrMessage: "text",
    ErrorAlertPhone: "text",
    ErrorAlertStatus: "text",
    MigrationJobId: "text",
    MigrationJobName: "text",
    RequestId: "text",
    Success: "text",
  },
  DescribeSubscriptionMeta: {
    ErrCode: "text",
    ErrMessage: "text",
    HttpStatusCode: "text",
    RequestId: "text",
    SubscriptionMetaList: [
      { Checkpoint: "integer", DBList: "text", DProxyUrl: "text", Sid: "text", Topic: "text" },
    ],
    Success: "text",
  },
  SummaryJobDetail: {
    Code: "text",
    HttpStatusCode: "integer",
    JobId: "text",
    ProgressSummaryDetails: [{ Key: "text", State: "integer", TotalCount: "integer" }],
    RequestId: "text",
    Success: "flag",
  },
} as const satisfies Record<string, Shape>;
