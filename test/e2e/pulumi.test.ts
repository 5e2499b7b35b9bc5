import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { withStack } from "../support/e2e.ts";

/** The smallest provider there is: this file is about the CLI and the helpers, not about ours. */
const program = (name: string, size: number) => `
import * as pulumi from "@pulumi/pulumi";
const provider: pulumi.dynamic.ResourceProvider = {
  async check(_olds, news) {
    const failures = news.size > 20 ? [{ property: "size", reason: "size must be 20 at most {" + news.size + "} [X-1]" }] : [];
    return { inputs: news, failures };
  },
  async create(inputs) { return { id: "thing-" + inputs.name, outs: inputs }; },
  async read(id, props) { return { id, props: { ...props, size: 7 } }; },
  async diff(_id, olds, news) { return { changes: olds.name !== news.name || olds.size !== news.size, replaces: [] }; },
  async update(_id, _olds, news) { return { outs: news }; },
};
class Thing extends pulumi.dynamic.Resource {
  declare readonly size: pulumi.Output<number>;
  constructor(name: string, args: { name: string; size: number; password: pulumi.Input<string> }) {
    super(provider, name, args, {}, "test", "Thing");
  }
}
const password = new pulumi.Config().requireSecret("password");
const thing: Thing = new Thing("thing", { name: "${name}", size: ${size}, password });
export const id = thing.id;
`;

test("a program runs from preview to destroy with the CLI of this machine", async () => {
  const folder = await withStack(
    {
      program: { "index.ts": program("one", 20) },
      config: { password: { secret: "Secret-1" }, "other:plain": 3 },
    },
    async (stack) => {
      const preview = await stack.preview();
      expect(preview.errors).toEqual([]);
      expect(preview.changed.map(({ name, op }) => [name, op])).toEqual([["thing", "create"]]);

      const up = await stack.up();
      expect(up).toMatchObject({ ok: true, errors: [], changes: { create: 2 } });
      expect(up.changed[0]?.new?.id).toBe("thing-one");
      expect(await stack.outputs()).toEqual({ id: "thing-one" });
      const thing = (await stack.exportState()).find((one) => one.urn.endsWith("::thing"));
      expect(thing).toMatchObject({ type: "pulumi-nodejs:dynamic/test:Thing", inputs: { size: 20 } });
      expect(JSON.stringify(thing)).not.toContain("Secret-1");

      expect((await stack.up()).changed).toEqual([]);
      const refresh = await stack.refresh();
      expect(refresh.changed.map(({ name, outcome }) => [name, outcome])).toEqual([["thing", "update"]]);

      stack.edit({ "index.ts": program("one", 21) });
      const refused = await stack.preview();
      expect(refused.ok).toBe(false);
      expect(refused.checkFailures).toMatchObject([
        { name: "thing", property: "size", reason: "size must be 20 at most {21} [X-1]" },
      ]);

      const destroy = await stack.destroy();
      expect(destroy.ok).toBe(true);
      expect(destroy.changed.map(({ op }) => op)).toEqual(["delete"]);
      expect(await stack.exportState()).toEqual([]);
      return stack.folder;
    },
  );
  expect(existsSync(folder)).toBe(false);
});
