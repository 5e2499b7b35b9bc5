import { expect, it } from "vitest";
import { noForceUnsubscribe } from "../../../../examples/gitops/policy/no-force-unsubscribe.ts";
import { UNKNOWN, violationsOf } from "../../../support/policies.ts";

const group = (stack: string, forceUnsubscribe: unknown) =>
  ({ kind: "ConsumerGroup", stack, props: { platform: "iot", forceUnsubscribe } }) as const;

it.each(["production", "prod", "cloud"])("refused in the stack %s", async (stack) => {
  const said = await violationsOf(noForceUnsubscribe, group(stack, true));
  expect(said).toEqual([expect.stringContaining(`must not be true in the stack ${stack}`)]);
});

it("false, nothing and what is not known yet pass, and so does everything elsewhere", async () => {
  for (const value of [false, undefined, UNKNOWN]) {
    expect(await violationsOf(noForceUnsubscribe, group("cloud", value))).toEqual([]);
  }
  expect(await violationsOf(noForceUnsubscribe, group("pr-12", true))).toEqual([]);
});

it("which stacks are production is what the company says", async () => {
  const config = { stacks: ["eu"] };
  expect(await violationsOf(noForceUnsubscribe, group("eu", true), config)).toHaveLength(1);
  expect(await violationsOf(noForceUnsubscribe, group("cloud", true), config)).toEqual([]);
});
