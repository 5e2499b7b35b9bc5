import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { program } from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { type StackOptions, type TestStack, withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
let others: ReturnType<typeof somebodyElse>;

beforeAll(async () => {
  service = await startService();
  others = somebodyElse(service);
});
afterAll(() => service.stop());
beforeEach(() => service.admin("POST", "reset"));

const run = (body: string, work: (stack: TestStack) => Promise<void>, more: Partial<StackOptions> = {}) =>
  withStack({ program: program(body), config: { "changetracking:endpoint": service.url }, ...more }, work);
const done = (result: { changed: { op: string; name: string }[] }) =>
  result.changed.map((step) => `${step.op} ${step.name}`);

async function applied(stack: TestStack) {
  const up = await stack.up();
  expect(up.errors).toEqual([]);
  return up;
}

describe("changes", () => {
  it("of an instance's objects preview one update and no replacement of its groups", async () => {
    const body = (more: string) => `const on = instance("orders", { ${more} });
      group("resource", on); group("id", on.id); group("dependent", on.instanceId, {}, { dependsOn: on });`;
    await run(body(""), async (stack) => {
      await applied(stack);
      stack.edit(
        program(body(`objects: { shop: { tables: ["orders"] } }, name: "renamed", tags: { team: "shop" }`)),
      );
      const preview = await stack.preview();
      // The output instanceId is unknown while the instance changes; that is why `id` is the one to pass.
      expect(done(preview).filter((step) => !step.endsWith(" dependent"))).toEqual(["update orders"]);
      await applied(stack);
      const [job] = await others.instances();
      expect(job?.DtsJobName).toBe("renamed");
      expect((await stack.refresh()).changed).toEqual([]);
    });
  });

  it("of a group's name, account and password are made in place", async () => {
    await run(`group("g", instance("orders"));`, async (stack) => {
      await applied(stack);
      const [before] = await others.groups((await others.instances())[0]?.DtsInstanceID ?? "");
      stack.edit(
        program(`group("g", instance("orders"), { name: "n", account: "b", password: "Other-pw-88" });`),
      );
      const preview = await stack.preview({ args: ["--diff"] });
      expect(done(preview)).toEqual(["update g"]);
      expect(preview.text).not.toContain("Other-pw-88");
      await applied(stack);
      const [after] = await others.groups((await others.instances())[0]?.DtsInstanceID ?? "");
      expect(after).toMatchObject({ id: before?.id, name: "n", account: "b" });
    });
  });

  it("of a group's instance replace it, and preview warns of the offset at the group", async () => {
    const body = (on: string) => `const all = { a: instance("a"), b: instance("b") }; group("g", all.${on});`;
    await run(body("a"), async (stack) => {
      await applied(stack);
      stack.edit(program(body("b")));
      const preview = await stack.preview();
      expect(preview.warnings).toEqual([
        expect.stringMatching(/instance replaces this consumer group.*offset/),
      ]);
      expect(preview.diagnostics.find((one) => one.severity === "warning")?.name).toBe("g");
      expect(preview.changes.replace).toBe(1);
      await applied(stack);
      expect(await others.groupNames()).toEqual(["g"]);
    });
  });

  it("replaceOnChanges within one instance deletes first, because the name must be free", async () => {
    const body = (account: string) =>
      `group("g", instance("orders"), { account: "${account}" }, { replaceOnChanges: ["account"] });`;
    await run(body("a"), async (stack) => {
      await applied(stack);
      stack.edit(program(body("b")));
      await applied(stack);
      expect(await others.groupNames()).toEqual(["g"]);
    });
  });

  it("of the payment are made in place; a prepaid instance is not released, and the error says what to do", async () => {
    const body = (pay: string) => `instance("orders", { ${pay} });`;
    await run(body(`payType: "PrePaid", period: { unit: "Month", count: 1 }`), async (stack) => {
      await applied(stack);
      const refused = await stack.destroy();
      expect(refused.ok).toBe(false);
      expect(refused.errors.join()).toMatch(/prepaid.*payType to "PostPaid".*\[InstancePrepaid\]/);
      stack.edit(program(body(`payType: "PostPaid"`)));
      expect(done(await applied(stack))).toEqual(["update orders"]);
      expect((await stack.destroy()).ok).toBe(true);
      expect(await others.instances()).toEqual([]);
    });
  });
});

describe("what is there already", () => {
  it("is refused under the same name, and taken over with adoptExisting", async () => {
    const id = await others.makeInstance("shared");
    await others.makeGroup(id, "g", "their_account");
    await run(`group("g", "${id}");`, async (stack) => {
      const refused = await stack.up();
      expect(refused.errors.join()).toMatch(
        /already has a consumer group "g".*adoptExisting: true.*\[AlreadyExists\]/,
      );
      stack.edit(program(`group("g", "${id}", { adoptExisting: true });`));
      const up = await applied(stack);
      expect(up.text).toContain('took over the consumer group "g"');
      expect((await others.groups(id)).map((one) => one.account)).toEqual(["a_g"]);
      expect((await stack.up()).changed).toEqual([]);
    });
  });

  it("an instance is adopted by its name and brought in line", async () => {
    const id = await others.makeInstance("shared");
    await run(`instance("shared", { adoptExisting: true, objects: { other: {} } });`, async (stack) => {
      await applied(stack);
      expect((await others.instances()).map((job) => job.DtsInstanceID)).toEqual([id]);
      expect((await stack.refresh()).changed).toEqual([]);
    });
  });
});

describe("the delete rule", () => {
  it("DEL-1: an instance with somebody else's group is not deleted, nor is anything half deleted twice", async () => {
    await run(`group("mine", instance("orders"));`, async (stack) => {
      await applied(stack);
      const id = (await others.instances())[0]?.DtsInstanceID ?? "";
      const theirs = await others.makeGroup(id, "theirs");
      const refused = await stack.destroy();
      expect(refused.errors.join()).toMatch(
        /"theirs" \(dts\w+, account theirs\).*\[DEL-1\] \[InstanceHasGroups\]/,
      );
      expect(await others.groupNames()).toEqual(["theirs"]);
      await others.api.deleteGroup({ DtsInstanceId: id, ConsumerGroupId: theirs });
      expect((await stack.destroy()).ok).toBe(true);
      expect(await others.instances()).toEqual([]);
    });
  });

  it("a destroy succeeds when everything was deleted by hand", async () => {
    await run(`const on = instance("orders"); group("a", on); group("b", on);`, async (stack) => {
      await applied(stack);
      const id = (await others.instances())[0]?.DtsInstanceID ?? "";
      await others.api.deleteJob({ DtsInstanceId: id });
      expect((await stack.destroy()).ok).toBe(true);
    });
  });

  it("deletedWith the instance works", async () => {
    await run(`const on = instance("orders"); group("a", on.id, {}, { deletedWith: on });`, async (stack) => {
      await applied(stack);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await others.instances()).toEqual([]);
    });
  });
});
