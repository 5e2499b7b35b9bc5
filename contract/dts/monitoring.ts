import { z } from "zod";
import { monitorType, phoneNumbers, statisticMinutes } from "../limits/dts-task.ts";
import { oneOf } from "../limits/text.ts";
import { clientToken } from "../limits/token.ts";
import { once } from "../once.ts";
import { csv, flag, integer, optional, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { codedOutcome, dynamicOutcome, pageOutcome, plainOutcome } from "./outcomes.ts";
import { commonParams, jobIdParams, LOG_LEVELS, pageParams } from "./params.ts";

/** Alert rules of a task, and the log of what it went through. */

/** Also the update: clients send only what they change, and what is not sent stays. */
export const createJobMonitorRule = dtsAction({
  name: "CreateJobMonitorRule",
  kind: "write",
  summary: "Sets a task's alert rule of one type.",
  coverage: { missing: "Rules are kept; nothing is sent to the phones." },
  testedBy: ["test/service/dts/further.test.ts", "test/service/conformance/infrastructure-tools.test.ts"],
  request: () =>
    z.object({
      ...jobIdParams(),
      Type: withDefault(text(monitorType), "error"),
      State: optional(z.enum(["Y", "N"], { error: "must be Y or N" })),
      Phone: optional(text(phoneNumbers)),
      DelayRuleTime: optional(integer({ min: 0 })),
      NoticeValue: optional(integer({ min: 0 })),
      Period: optional(integer({ min: 1 }).pipe(statisticMinutes)),
      Times: optional(integer({ min: 1 })),
    }),
  answer: { DtsJobId: "string", ...codedOutcome },
});

/** The list is there even when empty. */
export const describeJobMonitorRule = dtsAction({
  name: "DescribeJobMonitorRule",
  kind: "read",
  summary: "Lists a task's alert rules.",
  coverage: "whole",
  testedBy: ["test/service/dts/further.test.ts"],
  request: () => z.object(jobIdParams()),
  answer: {
    DtsJobId: "string",
    MonitorRules: [
      {
        DelayRuleTime: "integer",
        JobId: "string",
        JobType: "string",
        NoticeValue: "integer",
        Period: "integer",
        Phone: "string",
        State: "string",
        Times: "integer",
        Type: "string",
      },
    ],
    Topics: ["string"],
    ...codedOutcome,
  },
});

export const describeMigrationJobAlert = dtsAction({
  name: "DescribeMigrationJobAlert",
  kind: "read",
  summary: "Reads the alert settings of an instance.",
  coverage: { missing: "there are no migrations: MigrationJobId is the id of a change tracking instance" },
  testedBy: ["test/service/conformance/support/life.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      AccountId: optional(text()),
      ClientToken: optional(text(clientToken)),
      MigrationJobId: text(),
    }),
  answer: {
    DelayAlertPhone: "string",
    DelayAlertStatus: "string",
    DelayOverSeconds: "string",
    ErrorAlertPhone: "string",
    ErrorAlertStatus: "string",
    MigrationJobId: "string",
    MigrationJobName: "string",
    ...plainOutcome,
  },
});

const logPage = once(() => pageParams({ default: 20, max: 1000, oneOf: [20, 50, 100, 500, 1000] }));
const milliseconds = once(() => integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));

/** Newest last, with a level, a window of time and a word to look for. */
export const describeDtsServiceLog = dtsAction({
  name: "DescribeDtsServiceLog",
  kind: "read",
  summary: "Lists what a task went through.",
  coverage: {
    missing:
      "only what the task keeps: the marks of its states and its last precheck; SubJobType finds nothing",
  },
  testedBy: ["test/service/dts/looks.test.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      DtsJobId: optional(text()),
      StartTime: optional(milliseconds()),
      EndTime: optional(milliseconds()),
      Keyword: optional(text()),
      Status: optional(csv({ min: 1, max: LOG_LEVELS.length }).pipe(z.array(oneOf(LOG_LEVELS)))),
      SubJobType: optional(text(oneOf(["DATA_LOAD", "ONLINE_WRITER", "SYNC_WRITER"]))),
      ZeroEtlJob: optional(flag()),
      PageNumber: logPage().number,
      PageSize: logPage().size,
    }),
  answer: {
    ServiceLogContexts: [{ Context: "string", State: "string", Time: "string" }],
    ...pageOutcome,
    ...dynamicOutcome,
  },
});
