import { z } from "zod";
import {
  accessMethod,
  consumerGroupAccount,
  consumerGroupName,
  consumerGroupPassword,
  EPOCH_SECONDS_MAX,
  host,
  port,
  resourceId,
} from "../limits/dts.ts";
import { direction } from "../limits/dts-task.ts";
import { wireObjects } from "../limits/objects.ts";
import { PERIOD_UNITS, type PeriodUnit, payTypeOf } from "../limits/payment.ts";
import { objectName, sourceWord, wireEngineName } from "../limits/source.ts";
import { refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { csv, flag, integer, jsonText, optional, text, withDefault } from "../params.ts";
import { ruleOf } from "../validation/refusal.ts";

/** Parameters that nearly every action takes. RegionId is not demanded: the service has a region of its own. */
export const commonParams = once(() => ({ RegionId: optional(text()), ResourceGroupId: optional(text()) }));

/** Names one job, by its own id or its instance's; one of the two is needed. */
export const jobParams = once(() => ({
  ...commonParams(),
  DtsInstanceId: optional(text()),
  DtsJobId: optional(text()),
}));

/** The same for actions that work in one direction of a task that may have two. */
export const oneWayParams = once(() => ({
  ...jobParams(),
  SynchronizationDirection: optional(text(direction)),
}));

/** The same for actions that take the job's id only. */
export const jobIdParams = once(() => ({ ...commonParams(), DtsJobId: text() }));

/** The same for the older family. */
export const subscriptionParams = once(() => ({ ...commonParams(), SubscriptionInstanceId: text() }));

/** DTS-3 to DTS-7. */
export const groupParams = once(() => ({
  ConsumerGroupName: text(consumerGroupName),
  ConsumerGroupUserName: text(consumerGroupAccount),
  ConsumerGroupPassword: text(consumerGroupPassword),
}));

/** A page: `PageNumber` and `PageSize`; the older family says `PageNum`. */
export function pageParams(sizes: { default: number; max?: number; oneOf?: readonly number[] }) {
  const { oneOf } = sizes;
  const size = integer({ min: 1, max: sizes.max ?? 100 }).refine(
    (value) => oneOf === undefined || oneOf.includes(value),
    { error: `must be one of ${oneOf?.join(", ")}` },
  );
  return { number: withDefault(integer({ min: 1 }), 1), size: withDefault(size, sizes.default) };
}

/** Most consumer groups that one page of their list has. */
export const CHANNEL_PAGE_SIZE_MAX = 100;

/** The one resource type that has tags. */
export const TAG_RESOURCE_TYPE = "ALIYUN::DTS::INSTANCE" as const;

/** As published: WARN is for what stops the task, ERROR for what stops a part of it. */
export const LOG_LEVELS = ["NORMAL", "WARN", "ERROR"] as const;

/** `PrePaid`, `PostPaid`, `PREPAY`, `Postpaid`: the actions write them differently. */
export const payWord = once(() =>
  z.string().transform((word, context) => {
    const type = payTypeOf(word);
    if (type) return type;
    context.addIssue({
      code: "custom",
      message: `must be PrePaid or PostPaid, got ${JSON.stringify(word.slice(0, 40))}`,
    });
    return z.NEVER;
  }),
);

/** `Year` or `Month` in any case. */
export const periodWord = once(() =>
  z.string().transform((word, context): PeriodUnit => {
    const unit = PERIOD_UNITS.find((known) => known.toLowerCase() === word.toLowerCase());
    if (unit) return unit;
    context.addIssue({
      code: "custom",
      message: `must be Year or Month, got ${JSON.stringify(word.slice(0, 40))}`,
    });
    return z.NEVER;
  }),
);

/** JSON text of the objects of a job. Kept as text, because it is given back so. */
export const objectsText = once(() => jsonTextOf(wireObjects));

/** JSON text of an object. */
export const reservedText = once(() =>
  jsonTextOf(z.record(z.string(), z.unknown(), { error: "must be the JSON text of an object" })),
);

/** A place inside the text is said in the message: only the parameter has a name of its own. */
function jsonTextOf(content: z.ZodType) {
  const shape = jsonText(content);
  return z.string().superRefine((value, context) => {
    const issue = shape.safeParse(value).error?.issues[0];
    if (issue === undefined) return;
    const where = issue.path.map((part) => JSON.stringify(part)).join(" ");
    refuse(context, where === "" ? issue.message : `${where} ${issue.message}`, ruleOf(issue));
  });
}

/** A flag that is true unless said otherwise. */
export const trueByDefault = once(() => withDefault(flag(), true));

/** Seconds since the epoch, as digits. */
export const epochSeconds = once(() => integer({ min: 0, max: EPOCH_SECONDS_MAX }));

/** Ids of 1 to 10 tasks, comma-joined; one named twice counts once. */
export const jobIdList = once(() => csv({ min: 1, max: 10 }).transform((ids) => [...new Set(ids)]));

const wordOrEmpty = once(() => withDefault(text(sourceWord), ""));

/** Where the instance is reached, by the names of the older family. */
export const networkParams = once(() => ({
  VPCId: withDefault(text(resourceId), ""),
  VSwitchId: withDefault(text(resourceId), ""),
}));

/** Digits, or a number. */
const portDigits = once(() =>
  z.preprocess(
    (value: number | string) =>
      typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : value,
    port,
  ),
);

/** The fields of a source, by the names of the older family; the newer puts `SourceEndpoint` before each. */
export const sourceParams = once(() => ({
  DatabaseName: wordOrEmpty(),
  EngineName: optional(text(wireEngineName)),
  IP: optional(host),
  InstanceID: withDefault(text(resourceId), ""),
  InstanceType: optional(accessMethod),
  OracleSID: wordOrEmpty(),
  OwnerID: wordOrEmpty(),
  Password: optional(text(sourceWord)),
  Port: optional(portDigits()),
  Role: wordOrEmpty(),
  UserName: wordOrEmpty(),
}));

const olderDatabase = once(() =>
  z.object({
    DBName: objectName,
    TableIncludes: z.array(z.object({ TableName: objectName })).optional(),
    TableExcludes: z.undefined({ error: "is not served here; name the tables in TableIncludes" }).optional(),
  }),
);

/**
 * Objects in the older family's form, `[{"DBName":"shop","TableIncludes":[{"TableName":"orders"}]}]`. Decoded into the
 * newer one's JSON text, `{"shop":{"name":"shop","all":false,"Table":{"orders":{"name":"orders","all":true}}}}`.
 */
export const subscriptionObject = once(() =>
  jsonText(
    z
      .array(olderDatabase(), { error: "must be the JSON text of a list" })
      .min(1, { error: "must name at least one database" }),
  ).transform((databases) => {
    const entries = databases.map(({ DBName: name, TableIncludes: tables }) => {
      if (!tables || tables.length === 0) return [name, { name, all: true }];
      const included = tables.map(({ TableName }) => [TableName, { name: TableName, all: true }]);
      return [name, { name, all: false, Table: Object.fromEntries(included) }];
    });
    return JSON.stringify(Object.fromEntries(entries));
  }),
);
