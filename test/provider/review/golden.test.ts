import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { driftOf } from "../../../provider/review/drift.ts";
import { driftMarkdown } from "../../../provider/review/markdown/drift.ts";
import { reviewMarkdown } from "../../../provider/review/markdown/review.ts";
import { reviewOf } from "../../../provider/review/review.ts";
import type { Review } from "../../../provider/review/review-data.ts";
import { recorded, recordedText } from "./support.ts";

/* The Markdown of what the real CLI wrote, to the letter. `npx vitest -u` writes it anew after a wished change. */

const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.md`);

describe("the Markdown of recorded previews", () => {
  it("a change of everything, the service asked", async () => {
    const review = JSON.parse(recordedText("change.review")) as Review;
    await expect(reviewMarkdown(review)).toMatchFileSnapshot(golden("change"));
  });

  it("the same without the service", async () => {
    const review = await reviewOf(recorded("change"));
    await expect(reviewMarkdown(review)).toMatchFileSnapshot(golden("change-offline"));
  });

  it("several mistakes in several resources: none is lost", async () => {
    const review = await reviewOf(recorded("refused"));
    await expect(reviewMarkdown(review)).toMatchFileSnapshot(golden("refused"));
    expect(review.refused.map(({ name, reasons }) => [name, reasons.length])).toEqual([
      ["orders", 1],
      ["billing", 2],
      ["search", 1],
      ["audit", 1],
    ]);
  });

  it("what was changed by hand", async () => {
    await expect(driftMarkdown(driftOf(recorded("drift")))).toMatchFileSnapshot(golden("drift"));
  });
});
