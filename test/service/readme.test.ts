import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { startService, type TestService } from "../support/service.ts";
import { root } from "../support/sources.ts";

const folder = mkdtempSync(join(tmpdir(), "service-readme-"));
let service: TestService | undefined;

afterEach(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("the seed file shown in docs/service.md is applied whole", async () => {
  const text = readFileSync(join(root, "docs/service.md"), "utf8");
  const shown = /```yaml\n(dts:[\s\S]*?)```/.exec(text)?.[1] ?? "";
  const seed = join(folder, "seed.yaml");
  writeFileSync(seed, shown.replaceAll('"..."', '"Reader_2026"'));
  service = await startService({ settings: { seedPath: seed } });
  const { rooms } = (await service.admin("GET", "status")) as {
    rooms: Record<string, Record<string, unknown>>;
  };
  expect(rooms.dts).toMatchObject({ instances: 1, groups: 1, byStatus: { Normal: 1 } });
  expect(rooms.rocketmq).toMatchObject({ instances: 1, topics: 1, groups: 1 });
  expect(rooms.ons).toMatchObject({ instances: 1, topics: 1, groups: 1 });
  expect(rooms.iot).toMatchObject({ products: 1, groups: 1 });
  expect(rooms.cms).toMatchObject({ contacts: 1, contactGroups: 1 });
});
