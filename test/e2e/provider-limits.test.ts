import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
let open: OpenStack;
let others: ReturnType<typeof somebodyElse>;

beforeAll(async () => {
  service = await startService();
  others = somebodyElse(service);
  open = await openStack({ program: program(""), config: { "changetracking:endpoint": service.url } });
});
afterAll(async () => {
  await open.close();
  await service.stop();
});
beforeEach(() => service.admin("POST", "reset"));

/** Previews a program, and sees that nothing was stored by it. */
async function preview(body: string) {
  open.stack.edit(program(body));
  const before = JSON.stringify(
    [await others.instances(), await others.groupNames()].map((one) => one.length),
  );
  const result = await open.stack.preview();
  const after = JSON.stringify(
    [await others.instances(), await others.groupNames()].map((one) => one.length),
  );
  expect(after).toBe(before);
  const failures = result.checkFailures.map(({ name, property, reason }) => ({
    name,
    property: property.trim(),
    reason,
  }));
  return { ...result, failures };
}

describe("each documented limit, at preview by the real CLI", () => {
  const one = (args: string) => `group("g", instance("orders"), ${args});`;
  const long = (length: number) => `"${"a".repeat(length)}"`;

  it.each([
    ["DTS-3", "name", one(`{ name: "" }`), one(`{ name: "n" }`)],
    ["DTS-3", "name", one(`{ name: ${long(129)} }`), one(`{ name: ${long(128)} }`)],
    ["DTS-4", "account", one(`{ account: ${long(17)} }`), one(`{ account: ${long(16)} }`)],
    ["DTS-5", "account", one(`{ account: "a-b" }`), one(`{ account: "a_b" }`)],
    ["DTS-6", "password", one(`{ password: "Abcdef7" }`), one(`{ password: "Abcdef78" }`)],
    ["DTS-7", "password", one(`{ password: "abcdefgh" }`), one(`{ password: "abcdefg8" }`)],
    [
      "DTS-10",
      "consumptionMode",
      `group("g", instance("o", { source: { ...source, engine: "DMSLogicDB" } }), { consumptionMode: "kafkaClient" });`,
      `group("g", instance("o", { source: { ...source, engine: "DMSLogicDB" } }), { consumptionMode: "sdkDemo" });`,
    ],
  ])("%s preview: refuses %s, and accepts the nearest value", async (rule, property, bad, good) => {
    const refused = await preview(bad);
    expect(refused.ok).toBe(false);
    expect(refused.failures).toEqual([
      { name: "g", property, reason: expect.stringMatching(new RegExp(`\\[${rule}\\]$`)) },
    ]);
    if (property === "password") expect(refused.text).not.toMatch(/Abcdef7|abcdefgh/);
    expect((await preview(good)).failures).toEqual([]);
  });

  it("DTS-11 preview: a group waits for its instance", async () => {
    open.stack.edit(program(`group("g", instance("orders"));`));
    const up = await open.stack.up();
    expect(up.ok).toBe(true);
    expect(up.steps.map((step) => step.name)).toEqual(["orders", "g"]);
    expect((await open.stack.destroy()).ok).toBe(true);
  });
});

describe("DTS-1 preview: the 21st group is refused on property instance", () => {
  const refusal = (result: Awaited<ReturnType<typeof preview>>) => {
    expect(result.ok).toBe(false);
    expect(result.failures).toHaveLength(1);
    expect(result.failures[0]).toMatchObject({
      property: "instance",
      reason: expect.stringMatching(/got 21\..*\[DTS-1\]$/s),
    });
    return result.failures[0]?.reason ?? "";
  };

  it("made in a loop, on an instance that does not exist yet; 20 are accepted", async () => {
    const loop = (count: number) =>
      `const on = instance("orders"); for (let i = 1; i <= ${count}; i++) group("g" + i, on);`;
    const reason = refusal(await preview(loop(21)));
    for (let i = 1; i <= 10; i++) expect(reason).toMatch(new RegExp(`\\bg${i}\\b`));
    expect(reason).toContain("There is no room for g21.");
    expect(reason).toContain("g10 and 11 more.");
    expect((await preview(loop(20))).failures).toEqual([]);
  });

  it("made in component resources, given the instance as id, as output or as resource", async () => {
    const body = `
      const on = instance("orders");
      class Team extends pulumi.ComponentResource {
        constructor(name, on) { super("my:Team", name); group(name + "-a", on, {}, { parent: this }); group(name + "-b", on, {}, { parent: this }); }
      }
      const ways = [on, on.id, on.instanceId, pulumi.output(on).apply((one) => one.id)];
      for (let i = 0; i < 11; i++) new Team("t" + i, ways[i % 4]);`;
    open.stack.edit(program(body));
    const result = await open.stack.preview();
    if (result.checkFailures.length === 0) console.log(result.text);
    expect(result.checkFailures.map((one) => one.property)).toEqual(["instance"]);
    expect(result.checkFailures[0]?.reason).toMatch(/\[DTS-1\]$/);
  });

  it("when somebody else has made 19, naming those", async () => {
    const id = await others.makeInstance("shared");
    for (let i = 0; i < 19; i++) await others.makeGroup(id, `theirs${i}`);
    expect((await preview(`group("mine", "${id}");`)).failures).toEqual([]);
    const reason = refusal(await preview(`group("mine", "${id}"); group("more", "${id}");`));
    expect(reason).toMatch(/Declared in this program: (mine, more|more, mine)\./);
    expect(reason).toContain("not declared here: theirs0, theirs1,");
  });

  it("twice the same name or account on one instance are refused, on two instances they are not", async () => {
    const twice = await preview(
      `const on = instance("o"); group("a", on, { name: "x" }); group("b", on, { name: "x" });`,
    );
    expect(twice.failures.map((one) => one.property)).toEqual(["name"]);
    const account = await preview(
      `const on = instance("o"); group("a", on, { account: "x" }); group("b", on, { account: "x" });`,
    );
    expect(account.failures.map((one) => one.property)).toEqual(["account"]);
    const apart = await preview(
      `for (const n of ["o", "p"]) group("a" + n, instance(n), { name: "x", account: "x" });`,
    );
    expect(apart.failures).toEqual([]);
  });

  it("a full instance with one group swapped: the error gives the two steps, and they work", async () => {
    const body = (names: string[]) =>
      `const on = instance("orders"); for (const name of ${JSON.stringify(names)}) group(name, on);`;
    const names = Array.from({ length: 20 }, (_, i) => `g${i}`);
    open.stack.edit(program(body(names)));
    expect((await open.stack.up()).ok).toBe(true);
    const swapped = ["newcomer", ...names.slice(1)];
    const reason = refusal(await preview(body(swapped)));
    expect(reason).toContain("not declared here: g0.");
    const command = /`pulumi destroy --target '(\S+)'`/.exec(reason)?.[1]?.replace("NAME", "g0") ?? "";
    const first = await open.stack.destroy({ args: ["--target", command] });
    expect(first.changed.map((step) => `${step.op} ${step.name}`)).toEqual(["delete g0"]);
    const second = await open.stack.up();
    expect(second.changed.map((step) => `${step.op} ${step.name}`)).toEqual(["create newcomer"]);
    expect(await others.groupNames()).toEqual([...swapped].sort());
    expect((await open.stack.destroy()).ok).toBe(true);
  });
});
