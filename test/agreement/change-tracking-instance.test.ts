import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CheckFailure } from "../../provider/runtime/resource.ts";
import { changeTrackingInstanceKind } from "../../provider/runtime/resources/change-tracking-instance/index.ts";
import { type DtsService, startDts } from "../service/dts/support/service.ts";
import { instanceInputs, isObject } from "./support/instance.ts";
import { forgetRows, serviceRefusal, storedRows } from "./support/instance-sides.ts";
import { runsOf } from "./support/runs.ts";
import { badFailure, badRefusal, openProvider, propertyOf } from "./support/sides.ts";
import { openWire, type Wire } from "./support/wire.ts";

/*
 * As for consumer groups: one verdict of both sides. The wire takes three calls: the purchase, the configuration,
 * the tags. Where the published texts leave a parameter open and the provider asks for it, `asksMore` says so.
 */

const runs = runsOf(1_000);

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

type Values = Readonly<Record<string, unknown>>;

describe("ChangeTrackingInstance", () => {
  it("is accepted or refused by provider and service alike, and a refused call stores nothing", async () => {
    const seen = { accepted: 0, refused: 0 };
    const property = fc.asyncProperty(instanceInputs, async (given) => {
      forgetRows(dts.service);
      const { inputs, failures: all } = await provider.check(changeTrackingInstanceKind, given);
      expect(all.map(badFailure).filter((bad) => bad !== undefined)).toEqual([]);
      const refusal = await serviceRefusal(wire, inputs, {
        answer: (action, answer) => expect(badRefusal(answer), `${action} ${answer.message}`).toBeUndefined(),
        rows: () => storedRows(dts.service),
      });
      const seenByWire = asWireReads(inputs);
      const { failures } = await provider.check(changeTrackingInstanceKind, seenByWire);
      const wireFailures = failures.filter((failure) => !asksMore(failure, seenByWire));
      expect(refusal !== undefined, JSON.stringify({ failures, refusal }, null, 1)).toBe(
        wireFailures.length > 0,
      );
      seen[refusal ? "refused" : "accepted"] += 1;
    });
    await fc.assert(property, { numRuns: runs });
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(runs / 10);
  });
});

/** Inputs that never travel. */
const OWN_INPUTS = /^(timeouts|adoptExisting)\b/;
/** Published without the mark that they are needed, or with a default. */
const openOnTheWire = ["source.engine", "source.accessMethod", "source.user", "source.password"];

/** Whether the provider asks for more than what travels can show or the published texts demand. */
function asksMore(failure: CheckFailure, inputs: Values): boolean {
  const property = propertyOf(failure);
  const { reason } = failure;
  const value = valueAt(inputs, property);
  if (OWN_INPUTS.test(property) || reason.includes("is not an input here")) return true;
  // Unknown members of what has fixed ones do not travel either.
  if (reason.includes("is a reserved name") && !/^(objects|tags)\b/.test(property)) return true;
  if (value === undefined && openOnTheWire.includes(property)) {
    // Without a method the provider cannot judge the address; the service asks for one or the other.
    return property !== "source.accessMethod" || hasAddress(inputs.source);
  }
  // Valid with PrePaid only, and not sent else.
  if (property.startsWith("period") && inputs.payType === "PostPaid") return true;
  if (property === "source.oracleSid" && reason.includes("must be left out")) return true;
  // What is no object has no members to send.
  if (["dataTypes", "network"].includes(property) && !isObject(value)) return true;
  // Keys of an object cannot be there twice.
  if (reason.includes("must be named once") || isHiddenByTwin(property, inputs)) return true;
  // On the wire everything may be text.
  return typeof value === "string" && isTextOfAnother(property, value);
}

/** Tables travel as keys, which are text: of `[null, "null"]` the second one takes the place of the first. */
function isHiddenByTwin(property: string, inputs: Values): boolean {
  const [, database = "", index] = /^objects\.(.*)\.tables\[(\d+)\]$/s.exec(property) ?? [];
  if (index === undefined || !isObject(inputs.objects)) return false;
  const entry = inputs.objects[database];
  const tables: unknown[] = isObject(entry) && Array.isArray(entry.tables) ? entry.tables : [];
  const value = tables[Number(index)];
  if (typeof value === "string" || isObject(value)) return false;
  return tables.includes(String(value));
}

/**
 * The inputs as the wire takes them. Optional ones that are empty or null are not sent, because clients send unset
 * values so; the words of payment are written in any case.
 */
function asWireReads(inputs: Values): Values {
  const isSet = ([, value]: [string, unknown]) => value !== "" && value !== null;
  const read = ([name, value]: [string, unknown]): [string, unknown] => {
    if (name === "payType") return [name, inCase(value, ["PostPaid", "PrePaid"])];
    if (!["source", "dataTypes", "network", "period"].includes(name) || !isObject(value))
      return [name, value];
    const members = Object.fromEntries(Object.entries(value).filter(isSet));
    return [
      name,
      name === "period" ? { ...members, unit: inCase(members.unit, ["Month", "Year"]) } : members,
    ];
  };
  const sent = Object.entries(inputs).filter(
    (entry) => !["region", "startAt"].includes(entry[0]) || isSet(entry),
  );
  return Object.fromEntries(sent.map(read));
}

function inCase(value: unknown, words: readonly string[]): unknown {
  if (typeof value !== "string") return value;
  return words.find((word) => word.toLowerCase() === value.toLowerCase()) ?? value;
}

function hasAddress(source: unknown): boolean {
  if (!isObject(source)) return false;
  return source.host === undefined ? source.instanceId !== undefined : source.port !== undefined;
}

function isTextOfAnother(property: string, value: string): boolean {
  if (property === "source.port" || property === "period.count" || property === "startAt")
    return /^\d+$/.test(value);
  return property.startsWith("dataTypes.") && /^(true|false)$/i.test(value);
}

function valueAt(inputs: Values, property: string): unknown {
  let value: unknown = inputs;
  for (const part of property.split(".")) value = isObject(value) ? value[part] : undefined;
  return value;
}
