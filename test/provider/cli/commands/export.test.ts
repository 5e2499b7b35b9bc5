import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";
import { withFiles } from "../../definitions/support.ts";
import { somebodyElse } from "../../support/service.ts";
import { runCli } from "../support.ts";

/* What is written is held by test/e2e/gitops-export.test.ts and definitions.test.ts; here is what the command says. */

let service: TestService;
beforeAll(async () => {
  service = await startService();
  const there = somebodyElse(service);
  await there.makeGroup(await there.makeInstance("orders"), "billing");
});
afterAll(() => service?.stop());

const exported = (folder: string, ...more: string[]) =>
  runCli(folder, ["export", "--endpoint", service.url, ...more]);

describe("change-tracking export", () => {
  it("lists files, what was read, and the secrets to give, with what becomes of them", async () => {
    await withFiles({}, async (folder) => {
      const { code, out, err } = await exported(folder);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toBe(`teams/orders.yaml
cn-hangzhou: 1 instance, 1 consumer group, 0 inflow tasks, 0 alert rules.

Secrets are in no file. Before the first preview give those in use: \`pulumi up\` sets them at what it takes over, and
whoever reads with another password is shut out then.
  pulumi config set --secret billingPassword
  pulumi config set --secret ordersSourcePassword
`);
      expect(readFileSync(join(folder, "teams/orders.yaml"), "utf8")).toContain("adoptExisting: true");
    });
  });

  it("says where nothing was found that another region may have it, and makes no folder", async () => {
    await withFiles({}, async (folder) => {
      expect(await exported(folder, "--region", "cn-hangzou")).toEqual({
        code: 0,
        out: "cn-hangzou: 0 instances, 0 consumer groups, 0 inflow tasks, 0 alert rules.\n",
        err: "nothing was written: cn-hangzou holds nothing to take over; --region reads another region\n",
      });
      expect(existsSync(join(folder, "teams"))).toBe(false);
    });
  });
});
