import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** A core each; vitest's default leaves one core out, which is half of a small machine. */
const unitWorkersMax = Math.max(2, availableParallelism());
/** End-to-end tests start several processes each (CLI, language host, provider, service), and mostly wait for them. */
const endToEndWorkersMax = Math.min(4, availableParallelism() + 1);

/*
 * A time-out ends a test that hangs, and judges nothing: on a machine that is busy with other work a test may take ten
 * times as long as alone.
 */
const HANGS_AFTER_MS = { unit: 120_000, endToEnd: 1_800_000 };

export default defineConfig({
  resolve: {
    alias: [
      { find: /^pulumi-change-tracking$/, replacement: source("./provider/index.ts") },
      { find: /^pulumi-change-tracking\/runtime$/, replacement: source("./provider/runtime/index.ts") },
    ],
  },
  test: {
    teardownTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // Imports JSON without saying so, which Node.js refuses.
          server: { deps: { inline: ["@actions/workflow-parser"] } },
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**"],
          expect: { poll: { timeout: HANGS_AFTER_MS.unit / 2 } },
          testTimeout: HANGS_AFTER_MS.unit,
          hookTimeout: HANGS_AFTER_MS.unit,
          maxWorkers: unitWorkersMax,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: HANGS_AFTER_MS.endToEnd,
          hookTimeout: HANGS_AFTER_MS.endToEnd,
          maxWorkers: endToEndWorkersMax,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
