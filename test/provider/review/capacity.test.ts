import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { capacitiesOf } from "../../../provider/review/capacity.ts";
import { changesOf } from "../../../provider/review/changes.ts";
import type { PreviewStep, ResourceState } from "../../../provider/review/preview.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";
import { startService, type TestService } from "../../support/service.ts";
import { runOn } from "../support/groups.ts";
import { somebodyElse } from "../support/service.ts";
import { step, urnOf } from "./support.ts";

/* An instance "orders" with the groups a, b and c, of a real service. */

let service: TestService;
let instance: string;
let ids: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  const there = somebodyElse(service);
  instance = await there.makeInstance("orders");
  for (const name of ["a", "b", "c"]) await there.makeGroup(instance, name);
  ids = Object.fromEntries((await there.groups(instance)).map(({ name, id }) => [name, id]));
});
afterAll(() => service?.stop());

const ORDERS = urnOf("ChangeTrackingInstance", "orders");
const groupOn = (name: string, on: string, more = {}): ResourceState => ({
  inputs: { platform: "changeTracking", instance: on, name, region: "cn-hangzhou", ...more },
  propertyDependencies: { instance: [ORDERS] },
});
const oldGroup = (name: string): ResourceState => ({ ...groupOn(name, instance), id: ids[name] ?? "" });
const replacement = (name: string) =>
  step("replace", name, { oldState: oldGroup(name), newState: groupOn(name, UNKNOWN) });
const instanceStep = (op: string, now = {}): PreviewStep => {
  const oldState = op === "create" ? undefined : { id: instance, inputs: { name: "orders" } };
  const newState = { inputs: { name: "orders", ...now } };
  return step(op, "orders", { kind: "ChangeTrackingInstance", oldState, newState });
};
const capacities = (...steps: PreviewStep[]) => capacitiesOf(runOn(service), changesOf(steps));

describe("how full an instance is", () => {
  it("counts what comes and what goes with what is there", async () => {
    const goes = step("delete", "a", { oldState: oldGroup("a") });
    const come = ["d", "e"].map((name) => step("create", name, { newState: groupOn(name, instance) }));
    expect(await capacities(goes, ...come)).toEqual([
      { instance: "orders", id: instance, before: 3, after: 4, max: 20 },
    ]);
  });

  it("a replaced instance is one, with the groups that it had and those that come to the new one", async () => {
    const goes = step("delete", "c", { oldState: oldGroup("c") });
    const comes = step("create", "d", { newState: groupOn("d", UNKNOWN) });
    const expected = { instance: "orders", id: instance, before: 3, max: 20 };
    const steps = [instanceStep("replace"), replacement("a"), replacement("b"), goes];
    expect(await capacities(...steps)).toEqual([{ ...expected, after: 2 }]);
    expect(await capacities(...steps, comes)).toEqual([{ ...expected, after: 3 }]);
    expect(await capacities(instanceStep("replace"), goes)).toEqual([{ ...expected, after: 0 }]);
    expect(await capacities(instanceStep("replace"), comes)).toEqual([{ ...expected, after: 1 }]);
  });

  it("a group whose name is there already is none more", async () => {
    const newState = groupOn("b", instance, { adoptExisting: true });
    expect(await capacities(step("create", "b", { newState }))).toMatchObject([{ before: 3, after: 3 }]);
  });

  it("nobody knows of an instance that may be taken over what it has", async () => {
    const comes = step("create", "d", { newState: groupOn("d", UNKNOWN) });
    expect(await capacities(instanceStep("create", { adoptExisting: true }), comes)).toEqual([]);
    expect(await capacities(instanceStep("create"), comes)).toMatchObject([{ before: 0, after: 1 }]);
  });
});
