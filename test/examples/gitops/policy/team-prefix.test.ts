import { expect, it } from "vitest";
import { teamPrefix } from "../../../../examples/gitops/policy/team-prefix.ts";
import { UNKNOWN, violationsOf } from "../../../support/policies.ts";

const group = (name: unknown) => ({ kind: "ConsumerGroup", name: "billing", props: { name } }) as const;

it.each(["payments-billing", "payments_billing", "GID_payments_billing", "GID-payments-billing"])(
  "%s begins with a team",
  async (name) => {
    expect(await violationsOf(teamPrefix, group(name))).toEqual([]);
    expect(await violationsOf(teamPrefix, group(name), { teams: ["search", "payments"] })).toEqual([]);
  },
);

it.each(["billing", "payments-", "-billing", "GID_billing", "9payments-billing", ""])(
  "%j does not",
  async (name) => {
    const said = await violationsOf(teamPrefix, group(name));
    expect(said).toEqual([`name "${name}" must begin with a team and - or _, for example payments-billing.`]);
  },
);

it("where the teams are given, another one is refused and they are named", async () => {
  expect(await violationsOf(teamPrefix, group("pay-billing"), { teams: ["payments", "search"] })).toEqual([
    'name "pay-billing" must begin with a team and - or _, for example payments-billing. Teams are: payments, search.',
  ]);
});

it("groups, tasks and alert rules are looked at, instances are not", async () => {
  const kinds = ["ConsumerGroup", "InflowTask", "AlertRule", "ChangeTrackingInstance"] as const;
  const said = await Promise.all(
    kinds.map((kind) => violationsOf(teamPrefix, { kind, props: { name: "billing" } })),
  );
  expect(said.map((one) => one.length)).toEqual([1, 1, 1, 0]);
});

it("without a name the logical name counts; one that is not known yet is left alone", async () => {
  expect(await violationsOf(teamPrefix, { kind: "InflowTask", name: "search-index", props: {} })).toEqual([]);
  expect(await violationsOf(teamPrefix, { kind: "InflowTask", name: "index", props: {} })).toHaveLength(1);
  expect(await violationsOf(teamPrefix, group(UNKNOWN))).toEqual([]);
});
