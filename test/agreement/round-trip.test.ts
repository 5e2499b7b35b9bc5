import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ResourceKind } from "../../provider/runtime/resource.ts";
import { changeTrackingInstanceKind } from "../../provider/runtime/resources/change-tracking-instance/index.ts";
import { consumerGroupKind } from "../../provider/runtime/resources/consumer-group/index.ts";
import { type DtsService, groupIds, runningInstance, startDts } from "../service/dts/support/service.ts";
import { forgetRows } from "./support/instance-sides.ts";
import { runsOf } from "./support/runs.ts";
import { openProvider } from "./support/sides.ts";
import { textNear } from "./support/values.ts";

/*
 * Whatever a check accepts can be made, is read back as it was given, can be changed to anything else that is
 * accepted without a replacement, and can be deleted, twice.
 */

const runs = runsOf(150);

let dts: DtsService;
let provider: ReturnType<typeof openProvider>;

beforeAll(async () => {
  dts = await startDts();
  provider = openProvider(dts.service);
});
beforeEach(() => forgetRows(dts.service));
afterAll(() => dts?.stop());

const fitting = (charsMax: number) =>
  textNear(1, charsMax).map((text) => [...text.toWellFormed()].slice(0, charsMax).join("") || "x");
const name = fc.oneof(fitting(128), fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }));
const objectName = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
  fitting(256),
  fc.constantFrom(
    "constructor",
    "toString",
    "hasOwnProperty",
    "1",
    "02",
    "a.b",
    '"',
    "\\",
    "name",
    "Table",
    "all",
  ),
);

const instance = fc.record<Record<string, unknown>>(
  {
    name,
    source: fc.record(
      {
        engine: fc.constantFrom("MySQL", "PolarDBX1", "PolarDBX2", "PostgreSQL"),
        accessMethod: fc.constant("RDS"),
        instanceId: fc.constantFrom("rm-bp1", "A_b-9"),
        databaseName: name,
        user: name,
        password: name,
      },
      { requiredKeys: ["engine", "accessMethod", "instanceId"] },
    ),
    objects: fc.dictionary(
      objectName,
      fc.record(
        { tables: fc.oneof(fc.constant("all"), fc.uniqueArray(objectName, { minLength: 1, maxLength: 4 })) },
        { requiredKeys: [] },
      ),
      { minKeys: 1, maxKeys: 4, noNullPrototype: true },
    ),
    dataTypes: fc.record({ dml: fc.boolean(), ddl: fc.boolean() }, { requiredKeys: [] }),
    startAt: fc.oneof(
      fc.integer({ min: 0, max: 253_402_300_799 }),
      fc.constant("2026-01-02T03:04:05.5+08:00"),
    ),
    tags: fc.dictionary(name, fc.oneof(fc.constant(""), name), { maxKeys: 5, noNullPrototype: true }),
  },
  { requiredKeys: ["name", "source", "objects"] },
);

const group = (instanceId: string) =>
  fc.record<Record<string, unknown>>({
    platform: fc.constant("changeTracking"),
    instance: fc.constant(instanceId),
    name,
    account: fc.stringMatching(/^[A-Za-z0-9_]{1,16}$/),
    password: fc.stringMatching(/^[ -~]{6,30}$/).map((text) => `${text}a1`),
  });

it("an instance", async () => {
  let lived = 0;
  await fc.assert(
    fc.asyncProperty(instance, instance, async (first, second) => {
      forgetRows(dts.service);
      if (await live(changeTrackingInstanceKind, first, { ...second, source: sameEngine(first, second) }))
        lived += 1;
      expect(dts.kernel.store.all("SELECT * FROM dts_jobs")).toEqual([]);
    }),
    { numRuns: runs },
  );
  expect(lived).toBeGreaterThan(runs / 2);
});

it("a consumer group", async () => {
  const { instanceId } = await runningInstance(dts.call);
  let lived = 0;
  await fc.assert(
    fc.asyncProperty(group(instanceId), group(instanceId), async (first, second) => {
      if (await live(consumerGroupKind, first, second)) lived += 1;
      expect(await groupIds(dts.call, instanceId)).toEqual([]);
    }),
    { numRuns: runs },
  );
  expect(lived).toBeGreaterThan(runs / 10);
});

/** Create, read, update, read, delete, delete; false for inputs that the check refuses. */
async function live(kind: ResourceKind, first: object, second: object): Promise<boolean> {
  const [before, after] = [await checked(kind, first), await checked(kind, second)];
  if (before === undefined) return false;
  const session = provider.session();
  const made = await kind.create(session, before);
  const kept = await kind.read(provider.session(), made.id, made.outs);
  expect(kept.inputs).toEqual(before);
  expect(await kind.diff(made.outs, kept.inputs ?? {})).toMatchObject({ changes: false, replaces: [] });

  let { outs } = made;
  if (after !== undefined) {
    expect((await kind.diff(outs, after)).replaces).toEqual([]);
    outs = await kind.update(provider.session(), made.id, outs, after);
    expect((await kind.read(provider.session(), made.id, outs)).inputs).toEqual(after);
  }
  await kind.delete(provider.session(), made.id, outs);
  await kind.delete(provider.session(), made.id, outs);
  return true;
}

async function checked(kind: ResourceKind, inputs: object): Promise<Record<string, unknown> | undefined> {
  const result = await provider.check(kind, inputs as Record<string, unknown>);
  return result.failures.length > 0 ? undefined : { ...result.inputs };
}

/** Engine, address and half an account need a replacement, which is not what is looked at here. */
function sameEngine(first: Record<string, unknown>, second: Record<string, unknown>): object {
  const { user, password } = second.source as Record<string, unknown>;
  const hasAccount = user !== undefined && password !== undefined;
  return { ...(first.source as object), ...(hasAccount ? { user, password } : {}) };
}
