/*
 * Why: an action is described once, in the contract. What is described there and not served, served and not described,
 * or said to be tested where nothing calls it, would make the table of actions say what is not so.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Action, UnservedAction } from "../../../contract/action.ts";
import { BSS_ACTIONS } from "../../../contract/bss/index.ts";
import { CMS_ACTIONS, CMS_NOT_SERVED } from "../../../contract/cms/index.ts";
import { DTS_ACTIONS, DTS_NOT_SERVED } from "../../../contract/dts/index.ts";
import { EVENTBRIDGE_ACTIONS, EVENTBRIDGE_NOT_SERVED } from "../../../contract/eventbridge/index.ts";
import { IOT_ACTIONS, IOT_NOT_SERVED } from "../../../contract/iot/index.ts";
import { LOCATION_ACTIONS } from "../../../contract/location/index.ts";
import { ONS_ACTIONS, ONS_NOT_SERVED } from "../../../contract/ons/index.ts";
import { ROCKETMQ_ACTIONS, ROCKETMQ_NOT_SERVED } from "../../../contract/rocketmq/index.ts";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { rooms } from "../../../service/products.ts";
import { root, withoutComments } from "../../support/sources.ts";

/** What is described of each product, and what of it is published and not served. */
const contract: Readonly<Record<string, readonly [readonly Action[], (readonly UnservedAction[])?]>> = {
  bss: [BSS_ACTIONS],
  cms: [CMS_ACTIONS, CMS_NOT_SERVED],
  dts: [DTS_ACTIONS, DTS_NOT_SERVED],
  eventbridge: [EVENTBRIDGE_ACTIONS, EVENTBRIDGE_NOT_SERVED],
  iot: [IOT_ACTIONS, IOT_NOT_SERVED],
  location: [LOCATION_ACTIONS],
  ons: [ONS_ACTIONS, ONS_NOT_SERVED],
  rocketmq: [ROCKETMQ_ACTIONS, ROCKETMQ_NOT_SERVED],
};

it("is there for every product that is served", () => {
  expect(Object.keys(contract)).toEqual(rooms.map(({ name }) => name).sort());
});

describe.each(rooms)("$name", ({ name: product, actions: served, notServed = [] }) => {
  const [actions = [], unserved = []] = contract[product] ?? [];

  it("serves every action that is described, as it is described, and no other", () => {
    const described = served.map(({ handler: _, ...action }) => action);
    const byName = (a: Action, b: Action) => a.name.localeCompare(b.name);
    expect(described.sort(byName)).toEqual([...actions].sort(byName));
    expect(actions.filter((action) => action.product !== product)).toEqual([]);
  });

  it("has each published name once: served or not", () => {
    expect(notServed).toEqual(unserved);
    const all = [...actions, ...unserved].map(({ name }) => name);
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
  });

  it("takes what each path names, by a request that can be made anew", () => {
    const wrong = actions.flatMap(({ name, route, request }) => {
      const taken = declaredNames(request());
      const inPath = [...(route?.path ?? "").matchAll(/\{(\w+)\}/g)].map(([, part = ""]) => part);
      return inPath.filter((part) => !taken.has(part)).map((part) => `${name}: ${part}`);
    });
    expect(wrong).toEqual([]);
  });

  it("says where each action is published and tested, and is called there", () => {
    const wrong = actions.flatMap((action) => {
      const untested = action.testedBy.filter((file) => !calls(file, action));
      const nowhere = action.testedBy.length === 0 || action.source === "" ? [""] : [];
      return [...nowhere, ...untested].map((file) => `${action.name}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** By its published name, or by the method that official clients have for it. */
function calls(file: string, { name }: Action): boolean {
  const path = join(root, file);
  const method = name.charAt(0).toLowerCase() + name.slice(1);
  const code = existsSync(path) ? withoutComments(readFileSync(path, "utf8")) : "";
  return new RegExp(`\\b(${name}|${method})\\b`).test(code);
}
