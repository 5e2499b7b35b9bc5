import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withStack } from "../support/e2e.ts";
import { startService } from "../support/service.ts";
import { root } from "../support/sources.ts";

/* The whole program that README.md shows, with the configuration that it shows. */
test("the README's program runs as it stands: preview, up, unchanged, destroy", async () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const program = /<!-- program -->\n```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const secrets = [...readme.matchAll(/^pulumi config set --secret (\w+) (\S+)$/gm)];
  expect(secrets.map(([, name]) => name)).toEqual(["sourcePassword", "groupPassword"]);
  const service = await startService();
  try {
    const config = {
      "changetracking:endpoint": service.url,
      ...Object.fromEntries(secrets.map(([, name = "", secret = ""]) => [name, { secret }])),
    };
    await withStack({ program: { "index.ts": program }, config }, async (stack) => {
      expect((await stack.preview()).errors).toEqual([]);
      expect((await stack.up()).errors).toEqual([]);
      expect(await service.admin("GET", "status")).toMatchObject({
        rooms: { dts: { instances: 1, groups: 3 } },
      });
      expect((await stack.preview()).changed).toEqual([]);
      expect((await stack.destroy()).errors).toEqual([]);
      expect(await service.admin("GET", "status")).toMatchObject({
        rooms: { dts: { instances: 0, groups: 0 } },
      });
    });
  } finally {
    await service.stop();
  }
});
