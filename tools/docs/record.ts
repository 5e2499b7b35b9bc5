/**
 * node tools/docs/record.ts: runs a preview with a mistake by the real CLI against a real service and
 * writes what it said into the README, so that the text shown there is never made up.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withStack } from "../../test/support/e2e.ts";
import { startService } from "../../test/support/service.ts";
import { root } from "../paths.ts";

const PROGRAM = `
import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";
const orders = new ChangeTrackingInstance("orders", {
  region: "cn-hangzhou",
  source: { engine: "PostgreSQL", accessMethod: "RDS", instanceId: "pgm-bp1" },
  objects: { shop: {} },
});
for (let team = 1; team <= 21; team += 1) {
  new ConsumerGroup("team" + team, {
    platform: "changeTracking", instance: orders, account: "team" + team, password: "Reader_2026",
  });
}
`;

const readme = join(root, "README.md");
const BLOCK = /<!-- recorded:refusal -->[\s\S]*?<!-- \/recorded -->/;

/** The part of a preview's text that a reader needs: everything from the diagnostics on. */
function diagnosticsOf(text: string): string {
  const from = text.indexOf("Diagnostics:");
  const shown = (from < 0 ? text : text.slice(from)).split("\n");
  return shown
    .filter(
      (line) => line.trim() !== "" && !/pulumi:pulumi:Stack|error: preview failed|update failed/.test(line),
    )
    .join("\n");
}

async function record(): Promise<void> {
  const service = await startService();
  try {
    const config = { "changetracking:endpoint": service.url };
    const text = await withStack({ program: { "index.ts": PROGRAM }, config }, async (stack) => {
      const preview = await stack.preview();
      if (preview.ok) throw new Error("the preview with a mistake was not refused");
      const plain = await stack.run(["preview", "--color", "never", "--non-interactive"]);
      return diagnosticsOf(plain.stdout);
    });
    const filled = `<!-- recorded:refusal -->\n\`\`\`text\n${text}\n\`\`\`\n<!-- /recorded -->`;
    writeFileSync(
      readme,
      readFileSync(readme, "utf8").replace(BLOCK, () => filled),
    );
  } finally {
    await service.stop();
  }
}

if (import.meta.main) await record();
