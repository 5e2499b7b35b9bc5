import fc from "fast-check";
import { ACCESS_METHOD_NAMES } from "../../../contract/limits/dts.ts";
import { ENGINE_NAMES, ENGINES, type EngineName } from "../../../contract/limits/engines.ts";
import { field, inputsNear, oddValue, textNear } from "./values.ts";

type Values = Readonly<Record<string, unknown>>;

const word = fc.string({ minLength: 1, maxLength: 256 });

const cloudSource = fc.record<Record<string, unknown>>({
  engine: fc.constantFrom("MySQL", "PolarDBMySQL", "PolarDBX1"),
  accessMethod: fc.constantFrom("RDS", "PolarDB", "DRDS"),
  instanceId: fc.constant("rm-bp1"),
});
const ownSource = fc.record<Record<string, unknown>>({
  engine: fc.constantFrom(...ENGINE_NAMES),
  accessMethod: fc.constantFrom("LocalInstance", "Express", "CEN", "ECS", "dg"),
  host: fc.constant("127.0.0.1"),
  port: fc.integer({ min: 1, max: 65_535 }),
  user: word,
  password: word,
});

const source = fc.oneof(
  inputsNear(fc.oneof(cloudSource, ownSource), {
    engine: field(fc.constantFrom(...ENGINE_NAMES), fc.constantFrom("Redis", "mongodb", "MSSQL", "MySQL8")),
    accessMethod: field(fc.constantFrom(...ACCESS_METHOD_NAMES), fc.constantFrom("rds", "local", "VPC")),
    host: field(
      fc.constantFrom("db.example.com", "10.0.0.5", "::1", "fe80::1", "a_b"),
      fc.constantFrom(
        "",
        "-a",
        "a-",
        "http://db",
        "db:3306",
        "a b",
        "数据库",
        "a".repeat(253),
        "a".repeat(254),
      ),
    ),
    port: field(fc.integer({ min: 1, max: 65_535 }), fc.constantFrom(0, 1, 65_535, 65_536, -1, 3306.5, 1e9)),
    instanceId: field(fc.constantFrom("rm-bp1", "pc_2"), fc.oneof(textNear(1, 128), fc.constant("rm bp1"))),
    databaseName: field(word, textNear(1, 256)),
    user: field(word, textNear(1, 256)),
    password: field(word, textNear(1, 256)),
    oracleSid: field(word, textNear(1, 256)),
  }),
  oddValue,
);

const tables = fc.oneof(
  fc.constant<unknown>("all"),
  fc.array(fc.oneof(word, textNear(1, 256)), { maxLength: 3 }),
  fc.array(oddValue, { maxLength: 2 }),
  oddValue,
);
const objects = fc.oneof(
  fc.dictionary(
    fc.oneof(word, textNear(1, 256), fc.constantFrom("__proto__", "constructor", "toString", "1")),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant<unknown>({}) },
      { weight: 4, arbitrary: fc.record({ tables }) },
      { weight: 1, arbitrary: oddValue },
    ),
    { maxKeys: 3, noNullPrototype: true },
  ),
  oddValue,
);

const tagText = fc.oneof(
  fc.string({ maxLength: 10 }),
  textNear(1, 128),
  fc.constantFrom("acs:rm", "aliyunx", "Aliyun", "ac"),
);
const tags = fc.oneof(
  fc.dictionary(tagText, tagText, { maxKeys: 3, noNullPrototype: true }),
  fc
    .constantFrom(0, 1, 19, 20, 21)
    .map((count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, `${i}`]))),
  fc.dictionary(tagText, oddValue, { maxKeys: 2, noNullPrototype: true }),
);

const network = fc.record({ vpcId: fc.constant("vpc-1"), vSwitchId: fc.constant("vsw-1") });

const startAt = fc.oneof(
  fc.constantFrom<unknown>(0, 1, 1_700_000_000, 99_999_999_999, 100_000_000_000, 253_402_300_799),
  fc.constantFrom<unknown>(-1, 253_402_300_800, 1_700_000_000_000, 1.5),
  fc.constantFrom(
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.123456+08:00",
    "2026-02-29T00:00:00Z",
    "2028-02-29T00:00:00Z",
    "2026-02-31T00:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-01-02T24:00:00Z",
    "2026-01-02T24:00:01Z",
    "2026-01-02T03:04:60Z",
    "2026-13-01T00:00:00Z",
    "2026-01-02T03:04:05",
    "2026-01-02",
    "1969-12-31T23:59:59Z",
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-23:59",
    "2026-01-02T03:04:05+99:99",
    "2022-06-21 00:00:00",
    "now",
  ),
);

const period = inputsNear(fc.constant<Record<string, unknown>>({ unit: "Month", count: 1 }), {
  unit: field(fc.constantFrom("Month", "Year"), fc.constantFrom("month", "Day", "")),
  count: field(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, -1, 4, 5, 6, 10, 1.5, 60)),
});

/** Inputs of `ChangeTrackingInstance` that differ from valid ones in one to three places. */
export const instanceInputs = inputsNear(
  fc.record<Record<string, unknown>>({
    name: fc.string({ minLength: 1, maxLength: 128, unit: "grapheme-ascii" }),
    source: cloudSource,
    objects: fc.constant({ shop: { tables: ["orders"] } }),
  }),
  {
    name: field(textNear(1, 128)),
    region: field(fc.constant("cn-hangzhou"), fc.constantFrom("", "CN-Hangzhou", "us-west-1", "cn_hangzhou")),
    source,
    objects,
    dataTypes: field(fc.record({ dml: fc.boolean(), ddl: fc.boolean() }), fc.record({ dml: oddValue })),
    network: field(network, fc.record({ vpcId: fc.oneof(textNear(1, 128), oddValue), vSwitchId: oddValue })),
    startAt: field(startAt),
    payType: field(fc.constantFrom("PostPaid", "PrePaid"), fc.constantFrom("", "Prepaid", "Free")),
    period: field(period, oddValue),
    tags: field(tags, oddValue),
    timeouts: field(fc.record({ create: fc.integer({ min: 0, max: 86_401 }) })),
    adoptExisting: field(fc.boolean()),
  },
);

/** What the inputs are on the wire, put there by hand: nothing is judged, mended or left out but what was not given. */
export function orderOf(inputs: Values): Record<string, unknown> {
  const source = membersOf(inputs.source);
  // Published as valid with PrePaid only.
  const period = isPostPaid(inputs.payType) ? {} : membersOf(inputs.period);
  return {
    Type: "SUBSCRIBE",
    RegionId: inputs.region,
    PayType: inputs.payType,
    Period: period.unit,
    UsedTime: period.count,
    SourceEndpointEngineName: engineName(source.engine, "createName"),
  };
}

export function configurationOf(inputs: Values, instanceId: unknown): Record<string, unknown> {
  const source = membersOf(inputs.source);
  const dataTypes = membersOf(inputs.dataTypes);
  const network = membersOf(inputs.network);
  return {
    RegionId: inputs.region,
    DtsInstanceId: instanceId,
    DtsJobName: inputs.name,
    DbList: objectsText(inputs.objects),
    SubscriptionInstanceNetworkType: isObject(inputs.network) ? "vpc" : "classic",
    SubscriptionInstanceVPCId: network.vpcId,
    SubscriptionInstanceVSwitchId: network.vSwitchId,
    SubscriptionDataTypeDML: dataTypes.dml,
    SubscriptionDataTypeDDL: dataTypes.ddl,
    Checkpoint: secondsOf(inputs.startAt),
    SourceEndpointEngineName: engineName(source.engine, "configureName"),
    SourceEndpointInstanceType: source.accessMethod,
    SourceEndpointInstanceID: source.instanceId,
    SourceEndpointIP: source.host,
    SourceEndpointPort: source.port,
    SourceEndpointDatabaseName: source.databaseName,
    SourceEndpointUserName: source.user,
    SourceEndpointPassword: source.password,
    SourceEndpointOracleSID: source.oracleSid,
  };
}

/** Undefined when there is nothing to tag with. */
export function taggingOf(inputs: Values, instanceId: unknown): Record<string, unknown> | undefined {
  const { tags: given } = inputs;
  if (given === undefined || (isObject(given) && Object.keys(given).length === 0)) return undefined;
  const Tag = isObject(given) ? Object.entries(given).map(([Key, Value]) => ({ Key, Value })) : given;
  return { RegionId: inputs.region, ResourceType: "ALIYUN::DTS::INSTANCE", ResourceId: [instanceId], Tag };
}

export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const membersOf = (value: unknown): Values => (isObject(value) ? value : {});

function engineName(engine: unknown, side: "createName" | "configureName"): unknown {
  return typeof engine === "string" && Object.hasOwn(ENGINES, engine)
    ? ENGINES[engine as EngineName][side]
    : engine;
}

function objectsText(value: unknown): string | undefined {
  if (!isObject(value)) return value === undefined ? undefined : JSON.stringify(value);
  const entries = Object.entries(value).map(([name, tracked]) => [name, databaseOf(name, tracked)]);
  return JSON.stringify(Object.fromEntries(entries));
}

function databaseOf(name: string, tracked: unknown): unknown {
  if (!isObject(tracked)) return tracked;
  if (tracked.tables === undefined || tracked.tables === "all") return { name, all: true };
  // An object would be the wire's own form.
  if (isObject(tracked.tables)) return { name, all: false, Table: [tracked.tables] };
  if (!Array.isArray(tracked.tables)) return { name, all: false, Table: tracked.tables };
  const list = tracked.tables.map((table: unknown) => [
    typeof table === "string" ? table : JSON.stringify(table),
    { name: table, all: true },
  ]);
  return { name, all: false, Table: Object.fromEntries(list) };
}

/** The wire knows seconds only; a text that is no point in time travels as it is. */
function secondsOf(value: unknown): unknown {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value)) return value;
  const [year = 0, month = 0, day = 0] = value.slice(0, 10).split("-").map(Number);
  const ms = Date.parse(value);
  if (Number.isNaN(ms) || new Date(Date.UTC(year, month - 1, day)).getUTCDate() !== day) return value;
  return Math.floor(ms / 1000);
}

function isPostPaid(word: unknown): boolean {
  return typeof word === "string" && word.toLowerCase() === "postpaid";
}
