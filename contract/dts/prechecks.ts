import { z } from "zod";
import { integer, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { bareOutcome, pageOutcome } from "./outcomes.ts";
import { jobIdParams } from "./params.ts";

const precheckCodes = ["01", "02", "03", "04"] as const;

/** One item of a precheck. */
const precheckProgress = {
  BootTime: "string",
  CanSkip: "boolean",
  Current: "string",
  DdlSql: "string",
  DelaySeconds: "integer",
  DestSchema: "string",
  DiffRow: "integer",
  ErrDetail: "string",
  ErrMsg: "string",
  FinishTime: "string",
  Id: "string",
  IgnoreFlag: "string",
  Item: "string",
  JobId: "string",
  Logs: [{ ErrData: "string", ErrMsg: "string", ErrType: "string", LogLevel: "string" }],
  Names: "string",
  OrderNum: "integer",
  ParentObj: "string",
  RepairMethod: "string",
  Skip: "boolean",
  SourceSchema: "string",
  State: "string",
  Sub: "string",
  TargetNames: "string",
  Total: "integer",
} as const;

/** Item by item, with the reason of a failure and what mends it. Code is the kind of subtask (01, precheck), not an error. */
export const describePreCheckStatus = dtsAction({
  name: "DescribePreCheckStatus",
  kind: "read",
  summary: "Reads a task's precheck, item by item.",
  coverage: {
    missing:
      "Subtasks 02 to 04 do not exist for change tracking and are empty; Logs too. No DdlSql, DestSchema, DiffRow, ParentObj, TargetNames.",
  },
  testedBy: ["test/service/dts/precheck.test.ts", "test/service/dts/further.test.ts"],
  request: () =>
    z.object({
      ...jobIdParams(),
      JobCode: text(z.enum(precheckCodes, { error: `must be one of ${precheckCodes.join(", ")}` })),
      PageNo: withDefault(integer({ min: 1 }), 1),
      PageSize: withDefault(integer({ min: 1, max: 100 }), 20),
    }),
  answer: {
    Code: "string",
    ErrorAnalysisItem: "integer",
    ErrorItem: "integer",
    JobId: "string",
    JobName: "string",
    JobProgress: [precheckProgress],
    State: "string",
    Total: "integer",
    ...pageOutcome,
    ...bareOutcome,
  },
});
