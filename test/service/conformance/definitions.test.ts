/*
 * Why: an action is described once, in the contract. What is described there and not served, served and not described,
 * or said to be tested where nothing calls it, would make the table of actions say what is not so.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Action } from "../../../contract/action.ts";
import { CMS_ACTIONS, CMS_NOT_SERVED } from "../../../contract/cms/index.ts";
import { DTS_ACTIONS, DTS_NOT_SERVED } from "../../../contract/dts/index.ts";
import { ONS_ACTIONS, ONS_NOT_SERVED } from "../../../contract/ons/index.ts";
import { ROCKETMQ_ACTIONS, ROCKETMQ_NOT_SERVED } from "../../../contract/rocketmq/index.ts";
import { cmsRoom } from "../../../service/cms/index.ts";
import type { ProductRoom } from "../../../service/core/kit/product-room.ts";
import { dtsRoom } from "../../../service/dts/index.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { root } from "../../support/sources.ts";

interface Described {
  readonly room: ProductRoom;
  readonly actions: readonly Action[];
  readonly notServed: readonly { readonly name: string }[];
}

const products: Readonly<Record<string, Described>> = {
  cms: { room: cmsRoom, actions: CMS_ACTIONS, notServed: CMS_NOT_SERVED },
  dts: { room: dtsRoom, actions: DTS_ACTIONS, notServed: DTS_NOT_SERVED },
  ons: { room: onsRoom, actions: ONS_ACTIONS, notServed: ONS_NOT_SERVED },
  rocketmq: { room: rocketmqRoom, actions: ROCKETMQ_ACTIONS, notServed: ROCKETMQ_NOT_SERVED },
};

describe.each(Object.entries(products))("%s", (_name, { room, actions, notServed }) => {
  const names = actions.map(({ name }) => name);

  it("serves every action that is described, and no other", () => {
    expect(room.actions.map(({ name }) => name).sort()).toEqual([...names].sort());
  });

  it("has each published name once: served or not", () => {
    const all = [...names, ...notServed.map(({ name }) => name)];
    expect(all.filter((name, i) => all.indexOf(name) !== i)).toEqual([]);
  });

  it("is tested where its actions say so", () => {
    const wrong = actions.flatMap(({ name, testedBy }) => {
      const unnamed = testedBy.filter((file) => !calls(file, name));
      return testedBy.length === 0 ? [`${name}: nowhere`] : unnamed.map((file) => `${name}: ${file}`);
    });
    expect(wrong).toEqual([]);
  });
});

/** By its published name, or by the method that official clients have for it. */
function calls(file: string, name: string): boolean {
  const path = join(root, file);
  const method = name.charAt(0).toLowerCase() + name.slice(1);
  return existsSync(path) && new RegExp(`\\b(${name}|${method})\\b`).test(readFileSync(path, "utf8"));
}
