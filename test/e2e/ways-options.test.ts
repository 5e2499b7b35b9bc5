import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ensurePulumi } from "../../tools/pulumi.ts";
import { program } from "../provider/support/programs.ts";
import { withStack } from "../support/e2e.ts";
import { needs } from "../support/needs.ts";
import { did, type Ground, idsOf, startGround } from "./support/ground.ts";

/* Every resource option, each by one program, judged by what the service says afterwards. */

let ground: Ground;

beforeEach(async () => {
  ground = await startGround();
});
afterEach(() => ground.service.stop());

const stackOf = (body: string) => ({ program: program(body), config: ground.config });

describe("ignoreChanges", () => {
  test("leaves out what it names, and nothing else", async () => {
    const body = (name: string, account: string, password: string) => `
      const orders = instance("orders", { source: { ...source, password: "${password}" } },
        { ignoreChanges: ["source.password"] });
      group("billing", orders, { name: "${name}", account: "${account}" }, { ignoreChanges: ["name"] });`;
    await withStack(stackOf(body("billing", "first", "Sourc3-first")), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      stack.edit(program(body("billing2", "first", "Sourc3-second")));
      expect(did(await stack.up())).toEqual([]);
      stack.edit(program(body("billing2", "second", "Sourc3-second")));
      expect(did(await stack.up())).toEqual(["billing update"]);
      expect(await ground.groups(await ground.onlyInstance())).toMatchObject({
        billing: { account: "second" },
      });
      const calls = (await ground.service.admin("GET", "journal")) as { calls?: { action: string }[] };
      expect(JSON.stringify(calls)).not.toContain("ModifyDtsJobPassword");
    });
  });
});

describe("aliases", () => {
  test("a resource renamed in code, or moved into a component, stays the same thing", async () => {
    const before = `
      const orders = instance("orders", { name: "orders" });
      group("billing", orders);
      group("search", orders, { name: "search" });`;
    const after = `
      class Team extends pulumi.ComponentResource {
        constructor(name) {
          super("test:index:Team", name);
          this.orders = instance("tracking", { name: "orders" },
            { parent: this, aliases: [{ name: "orders", parent: pulumi.rootStackResource }] });
          group("invoices", this.orders, { account: "a_billing" },
            { parent: this, aliases: [{ name: "billing", parent: pulumi.rootStackResource }] });
          group("search", this.orders, { name: "search" },
            { parent: this, aliases: [{ parent: pulumi.rootStackResource }] });
        }
      }
      new Team("team");`;
    await withStack(stackOf(before), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const ids = idsOf(await stack.exportState());
      stack.edit(program(after));
      // The name of `billing` came from its logical name, so that one is renamed, in place.
      expect(did(await stack.preview())).toEqual(["invoices update", "team create"]);
      expect((await stack.up()).errors).toEqual([]);
      expect(did(await stack.up())).toEqual([]);
      const now = idsOf(await stack.exportState());
      expect([now.tracking, now.invoices, now.search]).toEqual([ids.orders, ids.billing, ids.search]);
      expect(await ground.groupNames(await ground.onlyInstance())).toEqual(["invoices", "search"]);
    });
  });
});

describe("protect", () => {
  test("nothing protected is deleted, not even by a replacement", async () => {
    const body = (region: string) => `
      const orders = instance("orders", { region: "${region}" }, { protect: true });
      group("billing", orders, {}, { protect: true });`;
    await withStack(stackOf(body("cn-hangzhou")), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();
      const destroy = await stack.destroy();
      expect(destroy.ok).toBe(false);
      expect(destroy.text).toMatch(/is protected|marked for protection|cannot be deleted/);
      stack.edit(program(body("cn-beijing")));
      const replace = await stack.up();
      expect(replace.ok).toBe(false);
      expect(await ground.instances()).toEqual([instance]);
      expect(await ground.groupNames(instance)).toEqual(["billing"]);
      expect((await stack.run(["state", "unprotect", "--all", "--yes"])).code).toBe(0);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });
});

describe("retainOnDelete", () => {
  test("a group that leaves the program stays, and then keeps its instance from being deleted", async () => {
    const body = (more: string) => `const orders = instance("orders"); ${more}`;
    await withStack(
      stackOf(body(`group("billing", orders, {}, { retainOnDelete: true });`)),
      async (stack) => {
        expect((await stack.up()).errors).toEqual([]);
        stack.edit(program(body("")));
        expect(did(await stack.up())).toEqual(["billing delete"]);
        const instance = await ground.onlyInstance();
        const left = await ground.groups(instance);
        expect(Object.keys(left)).toEqual(["billing"]);

        const refused = await stack.destroy();
        expect(refused.errors.join()).toMatch(/"billing" \(\w+, account a_billing\).*\[DEL-1\]/s);
        expect(await ground.instances()).toEqual([instance]);

        await ground.deleteGroup(instance, left.billing?.id ?? "");
        expect((await stack.destroy()).errors).toEqual([]);
        expect(await ground.instances()).toEqual([]);
      },
    );
  });
});

describe("deletedWith", () => {
  test("groups that are deleted with their instance are gone after a destroy", async () => {
    const body = `
      const orders = instance("orders");
      for (const team of ["billing", "search"]) group(team, orders, {}, { deletedWith: orders });`;
    await withStack(stackOf(body), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      expect(await ground.groupNames(await ground.onlyInstance())).toEqual(["billing", "search"]);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
      expect(await stack.exportState()).toEqual([]);
    });
  });

  test("where the engine skips a group's own delete, the instance stays and says why; a repeated delete succeeds", async () => {
    const body = `
      const orders = instance("orders");
      group("search", orders, {}, { transforms: [({ props, opts }) => ({ props, opts: { ...opts, deletedWith: orders } })] });
      const team = new pulumi.ComponentResource("test:index:Team", "team", {}, { deletedWith: orders });
      group("audit", orders, {}, { parent: team });`;
    await withStack(stackOf(body), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();
      const refused = await stack.destroy();
      expect(refused.errors.join()).toMatch(
        /2 consumer groups.*"audit" .*"search" .*deletedWith.*\[DEL-1\]/s,
      );
      const left = await ground.groups(instance);
      expect(Object.keys(left).sort()).toEqual(["audit", "search"]);
      for (const { id } of Object.values(left)) await ground.deleteGroup(instance, id);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
      expect(await stack.exportState()).toEqual([]);
    });
  });
});

describe("replaceOnChanges", () => {
  test("replaces for a change that would be made in place, the old group first", async () => {
    const body = (account: string) => `
      const orders = instance("orders");
      group("billing", orders, { account: "${account}" }, { replaceOnChanges: ["account"] });`;
    await withStack(stackOf(body("first")), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();
      const before = await ground.groups(instance);
      stack.edit(program(body("second")));
      const up = await stack.up();
      expect(up.errors).toEqual([]);
      expect(did(up)).toEqual(["billing create-replacement", "billing delete-replaced", "billing replace"]);
      const after = await ground.groups(instance);
      expect(after).toMatchObject({ billing: { account: "second" } });
      expect(after.billing?.id).not.toBe(before.billing?.id);
      expect(did(await stack.up())).toEqual([]);
    });
  });
});

describe("transforms", async () => {
  const secret = "Transf0rmed-secret";
  const body = (registerForStack: string) => `
    pulumi.runtime.${registerForStack}(({ type, props, opts }) =>
      type.endsWith(":ChangeTrackingInstance")
        ? { props: { ...props, tags: { ...props.tags, owner: "platform" } }, opts }
        : undefined);
    const orders = instance("orders", { tags: { team: "shop" } });
    group("billing", orders, {}, { transforms: [({ props, opts }) =>
      ({ props: { ...props, name: "billing-eu", password: pulumi.secret("${secret}") }, opts })] });`;
  const judge = (registerForStack: string) =>
    withStack(stackOf(body(registerForStack)), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();
      expect(await ground.groupNames(instance)).toEqual(["billing-eu"]);
      expect(await ground.tags(instance)).toEqual({ owner: "platform", team: "shop" });
      expect(JSON.stringify(await stack.exportState()).includes(secret)).toBe(false);
      expect(did(await stack.up())).toEqual([]);
    });

  test("of the stack and of a resource reach the inputs, and a secret set there stays one", () =>
    judge("registerStackTransformation"));

  needs({
    name: "the language host of an official Pulumi CLI; the one that can be built is too old for this",
    available: (await ensurePulumi()).how !== "build",
    offeredByRegistries: false,
  })("of the stack, in the newer form", () => judge("registerResourceTransform"));
});

describe("--target", () => {
  test("makes, changes and deletes what it names, and what that depends on", async () => {
    const body = (account: string) => `
      const orders = instance("orders");
      group("billing", orders, { account: "${account}1" });
      group("search", orders, { account: "${account}2" });`;
    const target = (...names: string[]) => ({ args: names.flatMap((name) => ["--target", `**::${name}`]) });
    await withStack(stackOf(body("a")), async (stack) => {
      expect(did(await stack.up(target("orders", "billing")))).toEqual(["billing create", "orders create"]);
      const instance = await ground.onlyInstance();
      expect(await ground.groupNames(instance)).toEqual(["billing"]);

      expect((await stack.up()).errors).toEqual([]);
      stack.edit(program(body("b")));
      expect(did(await stack.up(target("search")))).toEqual(["search update"]);
      expect(await ground.groups(instance)).toMatchObject({
        billing: { account: "a1" },
        search: { account: "b2" },
      });
      expect(did(await stack.destroy(target("billing")))).toEqual(["billing delete"]);
      expect(await ground.groupNames(instance)).toEqual(["search"]);
    });
  });
});
