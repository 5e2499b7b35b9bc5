import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { violationsOf } from "../../../contract/validation/violation.ts";
import { changeTrackingInstance } from "../../../provider/schema/change-tracking-instance.ts";
import { consumerGroup } from "../../../provider/schema/consumer-group.ts";
import { containsUnknown, judge, UNKNOWN } from "../../../provider/schema/unknown.ts";
import { messagesOf } from "../../support/refusals.ts";

const INSTANCE = {
  name: "orders",
  region: "cn-hangzhou",
  source: {
    engine: "PostgreSQL",
    accessMethod: "LocalInstance",
    host: "127.0.0.1",
    port: 5432,
    databaseName: "shop",
    user: "dts",
    password: "Geheim-1",
  },
  objects: { shop: { tables: ["public.orders", "public.items"] }, other: { tables: "all" }, third: {} },
  dataTypes: { dml: true, ddl: false },
  startAt: "2026-01-02T03:04:05Z",
  payType: "PrePaid",
  period: { unit: "Year", count: 5 },
  tags: { team: "a", empty: "" },
  adoptExisting: false,
  timeouts: { create: 60, update: 60, delete: 60 },
};
const GROUP = {
  platform: "changeTracking",
  instance: "dtsabc",
  name: "reports",
  account: "reports_1",
  password: "Geheim-1",
  consumptionMode: "kafkaClient",
  engine: "MySQL",
  region: "cn-hangzhou",
  adoptExisting: true,
  forceUnsubscribe: false,
  timeouts: { delete: 5 },
};

const judgeInstance = (value: unknown) => judge(changeTrackingInstance, value);
const judgeGroup = (value: unknown) => judge(consumerGroup, value);

type Path = (string | number)[];

/** Every path inside a value, the value's own included. */
function pathsOf(value: unknown, base: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [base];
  const inner = Object.entries(value).flatMap(([key, member]) =>
    pathsOf(member, [...base, Array.isArray(value) ? Number(key) : key]),
  );
  return [base, ...inner];
}

function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return by;
  if (typeof value !== "object" || value === null) return value;
  const entry = replaced((value as Record<string, unknown>)[head], rest, by);
  if (Array.isArray(value)) return value.map((item, i) => (i === head ? entry : item));
  return { ...value, [head]: entry };
}

const touches = (a: Path, b: Path) => a.every((part, i) => i >= b.length || part === b[i]);

describe("judge", () => {
  it("finds nothing wrong with good inputs", () => {
    expect(messagesOf(judgeInstance(INSTANCE))).toEqual([]);
    expect(messagesOf(judgeGroup(GROUP))).toEqual([]);
  });

  it.each([
    ["instance", INSTANCE, judgeInstance],
    ["group", GROUP, judgeGroup],
  ] as const)("takes an unknown %s value for nothing wrong, wherever it is", (_, good, judged) => {
    const paths = pathsOf(good);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...paths), { maxLength: 6 }), (unknown) => {
        const value = unknown.reduce<unknown>((inputs, path) => replaced(inputs, path, UNKNOWN), good);
        expect(messagesOf(judged(value))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  const Bad: [string, unknown, typeof judgeGroup, Path, unknown, string, Path[]][] = [
    ["DTS-3", GROUP, judgeGroup, ["name"], "", "name", []],
    ["DTS-4", GROUP, judgeGroup, ["account"], "a".repeat(17), "account", []],
    ["DTS-5", GROUP, judgeGroup, ["account"], "team-a", "account", []],
    ["DTS-6", GROUP, judgeGroup, ["password"], "Geheim", "password", []],
    ["DTS-7", GROUP, judgeGroup, ["password"], "geheimgeheim", "password", []],
    ["DTS-10", GROUP, judgeGroup, ["engine"], "PolarDBX1", "consumptionMode", [["consumptionMode"]]],
    ["the port", INSTANCE, judgeInstance, ["source", "port"], 0, "source.port", []],
    ["a type", INSTANCE, judgeInstance, ["source", "port"], "5432", "source.port", []],
    [
      "a list item",
      INSTANCE,
      judgeInstance,
      ["objects", "shop", "tables", 1],
      5,
      "objects.shop.tables[1]",
      [],
    ],
    [
      "a repeated table",
      INSTANCE,
      judgeInstance,
      ["objects", "shop", "tables", 1],
      "public.orders",
      "objects.shop.tables[1]",
      [["objects", "shop", "tables", 0]],
    ],
    ["years", INSTANCE, judgeInstance, ["period", "count"], 4, "period.count", [["period", "unit"]]],
    ["the zone", INSTANCE, judgeInstance, ["startAt"], "2026-01-02 03:04:05", "startAt", []],
    ["an unknown input", INSTANCE, judgeInstance, ["source", "hots"], "x", "source.hots", []],
    ["a time-out", GROUP, judgeGroup, ["timeouts", "delete"], 0, "timeouts.delete", []],
  ];

  it.each(Bad)(
    "shows what is wrong (%s) whatever else is unknown",
    (_, good, judged, path, bad, at, reads) => {
      const broken = replaced(good, path, bad);
      // While the platform is unknown only what every platform refuses is refused.
      const free = pathsOf(good).filter(
        (one) =>
          one[0] !== "platform" &&
          ![path, ...reads].some((other) => touches(one, other) || touches(other, one)),
      );
      expect(judged(broken).map(({ property }) => property)).toEqual([at]);
      fc.assert(
        fc.property(fc.uniqueArray(fc.constantFrom(...free), { maxLength: 8 }), (unknown) => {
          const value = unknown.reduce<unknown>((inputs, one) => replaced(inputs, one, UNKNOWN), broken);
          expect(judged(value).map(({ property }) => property)).toContain(at);
        }),
        { numRuns: 60 },
      );
    },
  );

  it("shows everything at once: fields, unknown inputs and rules across fields", () => {
    const value = {
      ...GROUP,
      engine: "DMSLogicDB",
      account: "team-a-of-the-west",
      timeouts: { delete: UNKNOWN, create: 0, updtae: 5 },
      pasword: "x",
    };
    expect(messagesOf(judgeGroup(value))).toEqual([
      "account must be 1 to 16 characters long, got 18 [DTS-4]",
      'account must contain only A-Z, a-z, 0-9 and _, got "team-a-of-the-west" [DTS-5]',
      "timeouts.create must be a whole number from 1 to 86400 seconds, got 0",
      "timeouts.updtae is not an input here; did you mean update?",
      "pasword is not an input here; did you mean password?",
      'consumptionMode must be sdkDemo for the source DMS LogicDB, got "kafkaClient" [DTS-10]',
    ]);
  });

  it("names the allowed words, and the one that was meant", () => {
    expect(messagesOf(judgeGroup({ ...GROUP, engine: "mysql", consumptionMode: "kafka" }))).toEqual([
      'consumptionMode must be one of sdkDemo, flinkDtsConnector, kafkaClient, got "kafka" [DTS-10]',
      `engine must be one of MySQL, PolarDBMySQL, PostgreSQL, Oracle, PolarDBOracle, PolarDBPostgreSQL, PolarDBX1, PolarDBX2, DMSLogicDB, got "mysql"; did you mean MySQL?`,
    ]);
  });

  it("lists the platforms when the platform is missing or wrong, and judges the rest when it is unknown", () => {
    const { platform, ...rest } = GROUP;
    expect(platform).toBe("changeTracking");
    expect(messagesOf(judgeGroup(rest))).toEqual([
      "platform is required: one of changeTracking, rocketmq, iot",
    ]);
    expect(messagesOf(judgeGroup({ ...rest, platform: "kafka" }))).toEqual([
      'platform must be one of changeTracking, rocketmq, iot, got "kafka"',
    ]);
    expect(messagesOf(judgeGroup({ ...rest, platform: UNKNOWN, region: "" }))).toHaveLength(1);
    expect(messagesOf(judgeGroup({ ...rest, platform: UNKNOWN, account: "" }))).toEqual([]);
  });

  it("ignores keys of the engine", () => {
    expect(judgeGroup({ ...GROUP, __provider: "exports.handler = ..." })).toEqual([]);
  });
});

describe("judge with several platforms", () => {
  const both = z.discriminatedUnion(
    "platform",
    [
      z.strictObject({ platform: z.literal("a"), name: z.string().max(3), tries: z.number() }),
      z.strictObject({ platform: z.literal("b"), name: z.string().max(3), tries: z.string() }),
    ],
    { unionFallback: true },
  );

  it("reports only what every platform refuses while the platform is unknown", () => {
    expect(messagesOf(judge(both, { platform: UNKNOWN, name: "long", tries: 1 }))).toEqual([
      'name must be at most 3 characters long, got "long"',
    ]);
    expect(judge(both, { platform: UNKNOWN, name: "ok", tries: 1 })).toEqual([]);
    expect(judge(both, { platform: UNKNOWN, name: "ok", tries: true })).toEqual([]);
  });

  it("lists all platforms for one that does not exist", () => {
    expect(messagesOf(judge(both, { platform: "c", name: "ok", tries: 1 }))).toEqual([
      'platform must be one of a, b, got "c"',
    ]);
  });

  it("judges the members of the platform given, unknown fields left out", () => {
    expect(messagesOf(judge(both, { platform: "b", name: UNKNOWN, tries: 1 }))).toEqual([
      "tries must be a string, got a number",
    ]);
  });
});

describe("rules across fields of an instance", () => {
  const source = (over: object) =>
    messagesOf(judgeInstance({ ...INSTANCE, source: { ...INSTANCE.source, ...over } }));

  it("want host and port, or the instance's id, by access method", () => {
    expect(source({ host: undefined })).toEqual([
      "source.host is required for the access method LocalInstance (self-managed, public IP address)",
    ]);
    expect(source({ port: undefined })).toEqual([
      "source.port is required where a host is given: 1 to 65535",
    ]);
    expect(source({ accessMethod: "RDS" })).toEqual([
      "source.instanceId is required for the access method RDS (ApsaraDB RDS instance)",
    ]);
    const managed = { accessMethod: "RDS", instanceId: "rm-1", host: undefined, port: undefined };
    expect(source({ ...managed, user: undefined, password: undefined })).toEqual([]);
    expect(source({ accessMethod: "ECS", host: undefined, port: undefined, instanceId: "i-1" })).toEqual([]);
  });

  it("want an account on a self-managed source, and a system id only with Oracle", () => {
    expect(source({ user: undefined, password: undefined })).toEqual([
      "source.user is required for the access method LocalInstance",
      "source.password is required for the access method LocalInstance",
    ]);
    expect(source({ oracleSid: "orcl" })).toEqual([
      "source.oracleSid must be left out for the engine PostgreSQL",
    ]);
    expect(source({ engine: "Oracle", oracleSid: "orcl" })).toEqual([]);
  });

  it("want a period with PrePaid and none without", () => {
    const { period, payType, ...rest } = INSTANCE;
    expect(messagesOf(judgeInstance({ ...rest, payType }))).toEqual([
      "period is required for PrePaid: { unit: Month or Year, count }",
    ]);
    expect(messagesOf(judgeInstance({ ...rest, period }))).toEqual(["period must be left out for PostPaid"]);
    expect(messagesOf(judgeInstance({ ...rest, payType: UNKNOWN, period }))).toEqual([]);
  });

  it("want something to track", () => {
    expect(messagesOf(judgeInstance({ ...INSTANCE, objects: {} }))).toEqual([
      "objects must name at least one database, got none",
    ]);
    expect(messagesOf(judgeInstance({ ...INSTANCE, objects: { shop: { tables: [] } } }))).toEqual([
      'objects.shop.tables must name at least one table or be "all", got a list of 0',
    ]);
    expect(messagesOf(judgeInstance({ ...INSTANCE, objects: { shop: { tables: "some" } } }))).toEqual([
      'objects.shop.tables must be a list of table names or "all"',
    ]);
    expect(messagesOf(judgeInstance({ ...INSTANCE, dataTypes: { dml: false, ddl: false } }))).toHaveLength(1);
  });

  it("take at most 20 tags", () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, "v"]));
    expect(judgeInstance({ ...INSTANCE, tags: tags(20) })).toEqual([]);
    expect(messagesOf(judgeInstance({ ...INSTANCE, tags: tags(21) }))).toEqual([
      "tags must hold at most 20 tags, got 21",
    ]);
  });
});

describe("secrets", () => {
  const Secret = "Sehr-Geheim-é";
  it("are in no violation, whatever is wrong around them", () => {
    const wrongs = [
      { ...GROUP, password: Secret, account: "" },
      { ...GROUP, password: [Secret], pasword: Secret },
      { platform: "x", password: Secret },
      { password: { deep: Secret } },
    ];
    for (const wrong of wrongs) {
      const found = judgeGroup(wrong);
      expect(found).not.toEqual([]);
      expect(JSON.stringify(found)).not.toContain("Geheim");
    }
    const source = { ...INSTANCE.source, password: Secret.repeat(40), host: 5 };
    expect(JSON.stringify(judgeInstance({ ...INSTANCE, source }))).not.toContain("Geheim");
  });

  it("are hidden under any secret name, in built-in messages too", () => {
    const schema = z.object({ hook: z.record(z.string(), z.string().max(3)) });
    const [open, closed, ...inUnion] = ["code", "passcode"]
      .flatMap((name) => [
        ...violationsOf(schema, { hook: { [name]: "Geheim" } }),
        ...violationsOf(z.object({ hook: z.union([schema, z.number()]) }), {
          hook: { hook: { [name]: "Geheim" } },
        }),
      ])
      .sort((a, b) => a.path.length - b.path.length || a.property.localeCompare(b.property));
    expect(open).toMatchObject({ value: "Geheim", message: expect.stringContaining("Geheim") });
    expect(closed).not.toHaveProperty("value");
    expect(closed?.message).toBe("hook.passcode must be at most 3 characters long");
    expect(inUnion.map(({ message }) => message)).toEqual([
      'hook.hook.code must be at most 3 characters long, got "Geheim"',
      "hook.hook.passcode must be at most 3 characters long",
    ]);
  });
});

it("containsUnknown looks inside", () => {
  expect(containsUnknown({ a: [{ b: UNKNOWN }] })).toBe(true);
  expect(containsUnknown({ a: [{ b: `${UNKNOWN}x` }], c: null })).toBe(false);
});
