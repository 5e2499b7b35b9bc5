import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KindName } from "../../../provider/identity.ts";
import { type Preview, type PreviewStep, readPreview } from "../../../provider/review/preview.ts";

const FOLDER = join(import.meta.dirname, "recorded");

/** What the real CLI wrote; REVIEW_RECORD=1 with test/e2e/gitops-review.test.ts writes it anew. */
export function recordedText(name: string): string {
  return readFileSync(join(FOLDER, `${name}.json`), "utf8");
}

export function recorded(name: string): Preview {
  return readPreview(recordedText(name));
}

export function urnOf(kind: KindName, name: string): string {
  return `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:${kind}::${name}`;
}

export function step(
  op: string,
  name: string,
  more: Partial<PreviewStep> & { kind?: KindName } = {},
): PreviewStep {
  const { kind = "ConsumerGroup", ...rest } = more;
  return { op, urn: urnOf(kind, name), ...rest };
}

export function previewWith(steps: readonly PreviewStep[], more: Partial<Preview> = {}): Preview {
  return { config: {}, steps, diagnostics: [], ...more };
}
