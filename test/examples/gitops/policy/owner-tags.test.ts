import { expect, it } from "vitest";
import { ownerTags } from "../../../../examples/gitops/policy/owner-tags.ts";
import { UNKNOWN, violationsOf } from "../../../support/policies.ts";

const instance = (tags: unknown) => ({ kind: "ChangeTrackingInstance", props: { tags } }) as const;

it("an owner with a value will do, also one that is not known yet", async () => {
  expect(await violationsOf(ownerTags, instance({ owner: "payments" }))).toEqual([]);
  expect(await violationsOf(ownerTags, instance({ owner: UNKNOWN }))).toEqual([]);
  expect(await violationsOf(ownerTags, instance(UNKNOWN))).toEqual([]);
});

it.each([[undefined], [{}], [{ Owner: "payments" }], [{ owner: "" }], [{ owner: "  " }]])(
  "%j has no owner",
  async (tags) => {
    expect(await violationsOf(ownerTags, instance(tags))).toEqual([
      'tags must have owner. Add them with a value, for example tags: { owner: "payments" }',
    ]);
  },
);

it("the wanted tags are what the company says", async () => {
  const config = { tags: ["owner", "cost-center"] };
  expect(await violationsOf(ownerTags, instance({ owner: "payments" }), config)).toEqual([
    'tags must have cost-center. Add them with a value, for example tags: { cost-center: "payments" }',
  ]);
  expect(await violationsOf(ownerTags, instance({ owner: "a", "cost-center": "7" }), config)).toEqual([]);
});

it("other resources have no tags", async () => {
  expect(await violationsOf(ownerTags, { kind: "ConsumerGroup", props: {} })).toEqual([]);
});
