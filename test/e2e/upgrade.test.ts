import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { program } from "../provider/support/programs.ts";
import { removeProvider } from "../support/e2e/workspace.ts";
import { withStack } from "../support/e2e.ts";
import { did, type Ground, idsOf, startGround } from "./support/ground.ts";
import {
  copyPresent,
  exportText,
  FIXTURES,
  importText,
  recordedProgram,
  STATE,
  TARBALL,
  usePacked,
  usePresent,
  versions,
} from "./support/upgrade.ts";

/** Without one, version 0.1.0 asked for a VPC and named none, which the published API refuses. */
const NETWORK = `network: { vpcId: "vpc-bp1", vSwitchId: "vsw-bp1" }`;

let ground: Ground;

beforeEach(async () => {
  ground = await startGround();
});
afterEach(() => ground.service.stop());

const stackOf = (files: Record<string, string>) => ({ program: files, config: ground.config });
const PROVIDER = "node_modules/pulumi-change-tracking";

describe.each(versions())("what version %s has made", (version) => {
  test("is read, refreshed, changed and deleted by the present one", async () => {
    const names = ["billing", "search"];
    await withStack(stackOf(recordedProgram("a_billing", names, NETWORK)), async (stack) => {
      await usePacked(stack.folder, join(FIXTURES, version, TARBALL));
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();
      const before = await ground.groups(instance);

      usePresent(stack.folder);
      expect(did(await stack.preview())).toEqual([]);
      expect(did(await stack.refresh())).toEqual([]);
      stack.edit(recordedProgram("changed", ["billing"], NETWORK));
      expect(did(await stack.up())).toEqual(["billing update", "search delete"]);
      const after = await ground.groups(instance);
      expect(after).toEqual({ billing: { ...before.billing, account: "changed" } });
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });

  test("and only its recorded state is left of it, likewise", async () => {
    const instance = await ground.makeInstance("orders");
    await ground.call("TagResources", {
      RegionId: "cn-hangzhou",
      ResourceType: "ALIYUN::DTS::INSTANCE",
      ResourceId: [instance],
      Tag: [{ Key: "team", Value: "shop" }],
    });
    const made: Record<string, string> = { orders: instance };
    for (const name of ["billing", "search"])
      made[name] = await ground.makeGroup(instance, name, `a_${name}`);

    const recorded = readFileSync(join(FIXTURES, version, STATE), "utf8");
    const ids = idsOf(JSON.parse(recorded).deployment.resources);
    const text = Object.entries(made)
      .reduce((all, [name, id]) => all.replaceAll(bare(ids[name]), bare(id)), recorded)
      .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, ground.service.url);

    await withStack(stackOf(recordedProgram()), async (stack) => {
      await importText(stack, text);
      expect((await stack.refresh()).errors).toEqual([]);
      expect(did(await stack.preview())).toEqual([]);
      stack.edit(recordedProgram("changed"));
      expect(did(await stack.up())).toEqual(["billing update"]);
      expect(await ground.groups(instance)).toMatchObject({
        billing: { id: made.billing, account: "changed" },
      });
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });
});

/** An instance's id is `dts` and its task's id. */
function bare(id = ""): string {
  return id.replace(/^dts/, "");
}

test("another folder or a later build of the package changes nothing in a preview", async () => {
  await withStack(stackOf(recordedProgram()), async (stack) => {
    expect((await stack.up()).errors).toEqual([]);
    const vendored = join(stack.folder, "vendor/tracking");
    copyPresent(vendored);
    removeProvider(stack.folder);
    symlinkSync(vendored, join(stack.folder, PROVIDER));
    expect(did(await stack.preview())).toEqual([]);

    usePresent(stack.folder, (text, path) =>
      path.endsWith(".json")
        ? text.replace(/"version": "[^"]+"/, '"version": "9.8.7"')
        : `"use strict";\n// a later build\nconst later = () => 42;\n${text}\nlater();\n`,
    );
    expect(did(await stack.preview())).toEqual([]);
    stack.edit(recordedProgram("changed"));
    expect(did(await stack.up())).toEqual(["billing update"]);
  });
});

test("refreshing and deleting work after the program's code is gone", async () => {
  await withStack(stackOf(recordedProgram()), async (stack) => {
    expect((await stack.up()).errors).toEqual([]);
    const instance = await ground.onlyInstance();
    stack.edit({ "index.js": "" });
    expect(did(await stack.refresh())).toEqual([]);
    expect(did(await stack.up())).toEqual(["billing delete", "orders delete", "search delete"]);
    expect(await ground.instances()).not.toContain(instance);
  });
});

describe("without the package that the state needs", () => {
  test("a missing one and a foreign one fail by name and delete nothing; installed again, it goes on", async () => {
    await withStack(stackOf(recordedProgram()), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const instance = await ground.onlyInstance();

      removeProvider(stack.folder);
      const missing = await stack.destroy();
      expect(missing.errors.join()).toContain("Cannot find module 'pulumi-change-tracking/runtime'");

      mkdirSync(join(stack.folder, PROVIDER), { recursive: true });
      const foreign = { name: "pulumi-change-tracking", version: "0.0.1", exports: { ".": "./index.js" } };
      writeFileSync(join(stack.folder, PROVIDER, "package.json"), JSON.stringify(foreign));
      const wrong = await stack.destroy();
      expect(wrong.errors.join()).toMatch(
        /'\.\/runtime' is not defined .* \S+pulumi-change-tracking\/package\.json/,
      );

      expect(await ground.groupNames(instance)).toEqual(["billing", "search"]);
      usePresent(stack.folder);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });

  test("one that is too old for a resource says which version it is and what to install", async () => {
    const body = `const orders = instance("orders"); group("billing", orders);`;
    await withStack(stackOf(program(body)), async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      const text = await exportText(stack);
      await importText(stack, text.replaceAll('(\\"ConsumerGroup\\")', '(\\"FutureThing\\")'));
      const tooOld = await stack.destroy();
      expect(tooOld.errors.join()).toMatch(
        /pulumi-change-tracking \d+\.\d+\.\d+ has no resource FutureThing.*npm install pulumi-change-tracking@latest.*\[UnknownResourceKind\]/s,
      );
      expect(await ground.groupNames(await ground.onlyInstance())).toEqual(["billing"]);
      await importText(stack, text);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await ground.instances()).toEqual([]);
    });
  });
});
