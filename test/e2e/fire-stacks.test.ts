import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { callerOf } from "../service/dts/support/clients.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import { addFaults, fireProgram, groupNames, idsInState, startRun, truthOf } from "../support/fire.ts";
import { startService, type TestService } from "../support/service.ts";

/* Several stacks on one instance, and several runs at once. */
let service: TestService;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("DELETE", "faults");
  await service.admin("POST", "reset");
});

const UP = ["up", "--yes", "--skip-preview"];

/** A stack that owns the instance and `own` groups, and one that has groups on the same instance. */
async function twoStacks(
  own: readonly string[],
  others: readonly string[],
  work: (first: TestStack, second: TestStack, instanceId: string) => Promise<void>,
): Promise<void> {
  const config = { "changetracking:endpoint": service.url };
  await withStack({ program: fireProgram({ groups: own }), config }, async (first) => {
    expect((await first.up()).errors).toEqual([]);
    const instanceId = (await truthOf(service)).instances[0]?.id ?? "";
    const program = fireProgram({ groups: others, instanceId });
    await withStack({ program, config }, (second) => work(first, second, instanceId));
  });
}

async function namesThere(): Promise<string[]> {
  return (await truthOf(service)).groups.map((one) => one.name).sort();
}

describe("two stacks on one instance", () => {
  it("DTS-1: fill it together; the 21st is refused at preview, by either, naming what is not its own", async () => {
    const [own, others] = [groupNames(12, "a"), groupNames(8, "b")];
    await twoStacks(own, others, async (first, second, instanceId) => {
      expect((await second.up()).errors).toEqual([]);
      expect(await namesThere()).toEqual([...own, ...others].sort());

      second.edit(fireProgram({ groups: [...others, "b9"], instanceId }));
      const refused = await second.preview();
      expect(refused.ok).toBe(false);
      expect(refused.checkFailures).toMatchObject([{ name: "b9", property: "instance" }]);
      expect(refused.checkFailures[0]?.reason).toMatch(
        /got 21\..*not declared here: (a\d+, ){9}a\d+ and 2 more\. .*\[DTS-1\]$/,
      );
      first.edit(fireProgram({ groups: [...own, "a13"] }));
      expect((await first.preview()).checkFailures).toMatchObject([{ name: "a13", property: "instance" }]);
      expect(await namesThere()).toEqual([...own, ...others].sort());

      // What one gives up, the other can have.
      first.edit(fireProgram({ groups: own.slice(1) }));
      expect((await first.up()).errors).toEqual([]);
      expect((await second.up()).errors).toEqual([]);
      expect(await namesThere()).toEqual([...own.slice(1), ...others, "b9"].sort());

      const early = await first.destroy();
      expect(early.errors.join()).toMatch(/still has 9 consumer groups.*"b1".*\[InstanceHasGroups\]/s);
      expect(await namesThere()).toEqual([...others, "b9"].sort());
      expect((await second.destroy()).errors).toEqual([]);
      expect((await first.destroy()).errors).toEqual([]);
      expect((await truthOf(service)).instances).toEqual([]);
    });
  });

  it("a name that the other stack has is refused and stays the other's", async () => {
    await twoStacks(["x"], ["x"], async (first, second) => {
      const [before] = (await truthOf(service)).groups;
      const refused = await second.up();
      expect(refused.errors.join()).toContain("[AlreadyExists]");
      expect((await second.destroy()).ok).toBe(true);
      expect((await truthOf(service)).groups).toEqual([before]);
      expect((await first.up()).changed).toEqual([]);
    });
  });
});

describe("two runs at once", () => {
  it("DTS-1: for the last place exactly one wins; the other says so and converges once there is room", async () => {
    const own = groupNames(18, "a");
    await twoStacks(own, ["b1"], async (first, second, instanceId) => {
      expect((await second.up()).errors).toEqual([]);
      first.edit(fireProgram({ groups: [...own, "last"] }));
      second.edit(fireProgram({ groups: ["b1", "other"], instanceId }));
      // Both have looked, and see room for one, before either has made its group.
      await addFaults(service, [
        { product: "dts", action: "CreateConsumerChannel", kind: "delay", ms: 1_500, times: 2 },
      ]);
      const ends = await Promise.all([first.up(), second.up()]);
      expect(ends.map((one) => one.ok).sort()).toEqual([false, true]);
      const loser = ends[0]?.ok ? second : first;
      const said = ends.find((one) => !one.ok)?.text ?? "";
      expect(said).toMatch(/\[DTS-1\]/);
      expect(await namesThere()).toHaveLength(20);

      const winner = loser === first ? second : first;
      if (winner === first) first.edit(fireProgram({ groups: own }));
      else second.edit(fireProgram({ groups: ["b1"], instanceId }));
      expect((await winner.up()).errors).toEqual([]);
      expect((await loser.up()).errors).toEqual([]);
      expect(await namesThere()).toContain(loser === first ? "last" : "other");
      expect((await second.destroy()).errors).toEqual([]);
      expect((await first.destroy()).errors).toEqual([]);
    });
  });

  it("of one stack: the second is refused by Pulumi's lock, and nothing is made twice", async () => {
    const config = { "changetracking:endpoint": service.url };
    await withStack({ program: fireProgram({ groups: groupNames(5) }), config }, async (stack) => {
      await addFaults(service, [
        { product: "dts", action: "CreateConsumerChannel", kind: "delay", ms: 1_500 },
      ]);
      const run = startRun(stack, UP);
      for (let looks = 0; looks < 15_000 && (await truthOf(service)).instances.length === 0; looks += 1) {
        await delay(20);
      }
      const second = await stack.up();
      expect(second.ok).toBe(false);
      expect(second.text).toMatch(/the stack is currently locked by 1 lock.*pulumi cancel/s);
      expect((await run.done).code).toBe(0);
      expect(await namesThere()).toEqual(groupNames(5));
      expect((await truthOf(service)).instances).toHaveLength(1);
      expect((await stack.up()).changed).toEqual([]);
    });
  });

  it("of two new stacks whose orders are lost: nobody takes the other's instance, and both converge", async () => {
    const config = { "changetracking:endpoint": service.url };
    const program = fireProgram({ groups: ["x"] });
    await withStack({ program, config }, (first) =>
      withStack({ program, config }, async (second) => {
        await addFaults(service, [{ product: "dts", action: "CreateDtsInstance", kind: "drop", times: 2 }]);
        const ends = await Promise.all([first.up(), second.up()]);
        const held = () => [first, second].flatMap((stack) => idsInState(stack).instances);
        const { instances } = await truthOf(service);
        expect(instances).toHaveLength(2);
        for (const end of ends) {
          // Two empty instances at once cannot be told apart: then nobody takes any, and the error names both.
          if (!end.ok) expect(end.text).toMatch(/dts\w+ \(made .*dts\w+ \(made .*\[AmbiguousCreate\]/);
        }
        expect(new Set(held()).size).toBe(held().length);

        // What the error asks for.
        const call = callerOf("openapi-client V3", service.url);
        for (const { id } of instances.filter((one) => !held().includes(one.id))) {
          await call("DeleteDtsJob", { RegionId: "cn-hangzhou", DtsInstanceId: id });
        }
        expect((await first.up()).errors).toEqual([]);
        expect((await second.up()).errors).toEqual([]);
        expect(new Set(held()).size).toBe(2);
        const truth = await truthOf(service);
        expect(truth.instances.map((one) => one.id).sort()).toEqual(held().sort());
        expect(truth.groups).toHaveLength(2);
      }),
    );
  });
});
