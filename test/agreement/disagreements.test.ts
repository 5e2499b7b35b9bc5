import { afterAll, beforeAll, expect, it } from "vitest";
import { changeTrackingInstanceKind } from "../../provider/runtime/resources/change-tracking-instance/index.ts";
import { type DtsService, startDts } from "../service/dts/support/service.ts";
import { serviceRefusal, storedRows } from "./support/instance-sides.ts";
import { openProvider, propertyOf } from "./support/sides.ts";
import { openWire, type Wire } from "./support/wire.ts";

/* Inputs that one side once refused and the other took, found by the generators beside this file. */

let dts: DtsService;
let wire: Wire;
let provider: ReturnType<typeof openProvider>;

beforeAll(async () => {
  dts = await startDts();
  wire = openWire(dts.service);
  provider = openProvider(dts.service);
});
afterAll(async () => {
  wire?.close();
  await dts?.stop();
});

const cloud = { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-bp1" };
const own = {
  engine: "PostgreSQL",
  accessMethod: "LocalInstance",
  host: "127.0.0.1",
  port: 5432,
  user: "u",
  password: "p",
};
const objects = { shop: { tables: ["orders"] } };
const long = "a".repeat(257);
const reserved = JSON.parse('{"__proto__":{}}') as Record<string, unknown>;
/** 128 characters each, nearly all of which are two UTF-16 units. */
const fullTags = Object.fromEntries([..."abcdefghijklmnopqrst"].map((end) => ["😀".repeat(127) + end, "v"]));

it.each<[string, Record<string, unknown>, string | string[] | undefined, string]>([
  // The calendar and the year 9999 (Date.parse takes 31 February for 3 March).
  ["a day that no month has", { startAt: "2026-02-31T00:00:00Z" }, "startAt", "InvalidCheckpoint"],
  ["a leap day", { startAt: "2028-02-29T00:00:00Z" }, undefined, ""],
  ["a text beyond the year 9999", { startAt: "9999-12-31T23:59:59-23:59" }, "startAt", "InvalidCheckpoint"],
  ["a number in the year 5138", { startAt: 100_000_000_000 }, undefined, ""],
  ["the last second of 9999", { startAt: 253_402_300_799 }, undefined, ""],
  ["a second later", { startAt: 253_402_300_800 }, "startAt", "InvalidCheckpoint"],
  // Sources.
  [
    "an engine that cannot be tracked",
    { source: { ...cloud, engine: "Redis" } },
    "source.engine",
    "InvalidSourceEndpointEngineName",
  ],
  [
    "an unknown access method",
    { source: { ...cloud, accessMethod: "VPC" } },
    "source.accessMethod",
    "InvalidSourceEndpointInstanceType",
  ],
  [
    "a cloud instance by its host",
    { source: { ...own, accessMethod: "RDS" } },
    "source.instanceId",
    "MissingSourceEndpointInstanceID",
  ],
  [
    "a database of one's own by an id",
    { source: { ...cloud, accessMethod: "CEN", user: "u", password: "p" } },
    "source.host",
    "MissingSourceEndpointIP",
  ],
  [
    "a host without a port",
    { source: { ...own, port: undefined } },
    "source.port",
    "MissingSourceEndpointPort",
  ],
  [
    "an id with a blank",
    { source: { ...cloud, instanceId: "rm bp1" } },
    "source.instanceId",
    "InvalidSourceEndpointInstanceID",
  ],
  [
    "an account of 257 characters",
    { source: { ...cloud, user: long } },
    "source.user",
    "InvalidSourceEndpointUserName",
  ],
  [
    "a password of 257 characters",
    { source: { ...cloud, password: long } },
    "source.password",
    "InvalidSourceEndpointPassword",
  ],
  ["a database name of 256 characters", { source: { ...cloud, databaseName: long.slice(1) } }, undefined, ""],
  // Objects.
  ["a database that is no object", { objects: { shop: 5 } }, "objects.shop", "InvalidDbList"],
  ["no table at all", { objects: { shop: { tables: [] } } }, "objects.shop.tables", "InvalidDbList"],
  [
    "a table without a name",
    { objects: { shop: { tables: [""] } } },
    "objects.shop.tables[0]",
    "InvalidDbList",
  ],
  [
    "a table name of 257 characters",
    { objects: { shop: { tables: [long] } } },
    "objects.shop.tables[0]",
    "InvalidDbList",
  ],
  ["the reserved name", { objects: { ...objects, ...reserved } }, ["objects.__proto__"], "InvalidDbList"],
  ["the reserved name as its own", { objects: reserved }, ["objects", "objects.__proto__"], "InvalidDbList"],
  [
    "a table of the reserved name",
    { objects: { shop: { tables: ["__proto__"] } } },
    "objects.shop.tables[0]",
    "InvalidDbList",
  ],
  [
    "neither rows nor structure",
    { dataTypes: { dml: false, ddl: false } },
    "dataTypes.dml",
    "InvalidSubscriptionDataTypeDML",
  ],
  // Tags.
  ["20 tags of the greatest length", { tags: fullTags }, undefined, ""],
  ["a key with half a character", { tags: { "a\ud800": "v" } }, "tags", "InvalidTag.1.Key"],
  ["a key of the cloud's own", { tags: { "acs:x": "v" } }, "tags", "InvalidTag.1.Key"],
  [
    "a VPC that is no id",
    { network: { vpcId: "a b", vSwitchId: "v" } },
    "network.vpcId",
    "InvalidSubscriptionInstanceVPCId",
  ],
  // An object cannot hold this key safely; on the wire it is a text like any other.
  ["a reserved key", { tags: JSON.parse('{"__proto__":"v"}') }, "tags.__proto__", ""],
])("%s", async (_, change, property, code) => {
  const { inputs, failures } = await provider.check(changeTrackingInstanceKind, {
    name: "n",
    source: cloud,
    objects,
    ...change,
  });
  const refusal = await serviceRefusal(wire, inputs, { rows: () => storedRows(dts.service) });
  expect(failures.map(propertyOf)).toEqual(property === undefined ? [] : [property].flat());
  expect(refusal?.code ?? "").toBe(code);
});
