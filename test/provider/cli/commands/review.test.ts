import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Review } from "../../../../provider/review/review-data.ts";
import { recordedText } from "../../review/support.ts";
import { runCli } from "../support.ts";

/* What needs no CLI of Pulumi's; all of it together is in test/e2e/gitops-review.test.ts. */

let folder: string;
const run = (...argv: string[]) => runCli(folder, argv);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "review-"));
  for (const name of ["change", "refused", "drift"]) {
    writeFileSync(join(folder, `${name}.json`), recordedText(name));
  }
  writeFileSync(
    join(folder, "search.yaml"),
    "owner: team-search\ngroups:\n  search: { platform: iot }\n  billing: { platform: iot }\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("change-tracking review", () => {
  it("of a file, without the service: what is deleted is not judged, and nothing is refused", async () => {
    const { code, out } = await run("review", "change.json", "--offline");
    expect([code, out.split("\n")[1]]).toEqual([
      0,
      "**2 created, 2 changed, 2 replaced, 2 deleted, 4 not judged** in stack `dev`",
    ]);
  });

  it("refusals end with 1, as data too", async () => {
    const { code, out } = await run("review", "refused.json", "--offline", "--json");
    expect([code, (JSON.parse(out) as Review).summary.refused]).toEqual([1, 4]);
  });

  it("names the owners that definitions give", async () => {
    const { out } = await run("review", "refused.json", "--offline", "--definitions", "search.yaml");
    expect(out).toContain("`search` consumer group, inputs, owner `team-search`");
    expect(out).toContain("`audit` consumer group, inputs: ");
  });

  it("says so where the path of definitions leads to none", async () => {
    const { code, err } = await run("review", "change.json", "--offline", "--definitions", "searsh.yaml");
    expect(code).toBe(0);
    expect(err).toMatch(
      /^--definitions searsh\.yaml is no file, .* looked for in \/.*; no owner is taken from it\n$/,
    );
  });

  it("writes a file in a folder that is not there yet, and its one line to stderr", async () => {
    const { code, out, err } = await run("review", "change.json", "--offline", "-o", "new/review.md");
    expect([code, out, err]).toEqual([0, "", "2 created, 2 changed, 2 replaced, 2 deleted, 4 not judged\n"]);
    expect(readFileSync(join(folder, "new/review.md"), "utf8")).toMatch(/^<!-- change-tracking-review -->\n/);
  });

  it("ends with 2 where it could not look, and says why", async () => {
    expect(await run("review", "nothing.json")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/nothing\.json.*\[UnreadableFile\]/),
    });
    expect(await run("review", "search.yaml")).toMatchObject({
      code: 2,
      err: expect.stringContaining("[InvalidPreview]"),
    });
    expect(await run("review", "change.json", "refused.json")).toMatchObject({ code: 2 });
    expect(await run("review")).toMatchObject({ code: 2, err: expect.stringContaining("[PulumiNotFound]") });
  });
});

describe("change-tracking drift", () => {
  it("of a file: ends with 1, and tells what was done by hand", async () => {
    const { code, out } = await run("drift", "drift.json");
    expect([code, out]).toEqual([1, expect.stringMatching(/deleted by hand, .*changed by hand/)]);
  });

  it("refuses a preview that has not looked at the service", async () => {
    expect(await run("drift", "change.json")).toMatchObject({
      code: 2,
      err: expect.stringContaining("pulumi preview --refresh --json"),
    });
  });
});
