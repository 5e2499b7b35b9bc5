import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PulumiPlace, runPreview } from "../../../provider/review/pulumi.ts";
import { providerSettings } from "../../../provider/review/settings.ts";

/** A CLI that says what it was started with; the real one is in test/e2e/gitops-review.test.ts. */
const SCRIPT = `#!/bin/sh
case "$1 $2 $3" in
  "preview --json --stack") echo "$PULUMI_ENABLE_STREAMING_JSON_PREVIEW $*"; exit 1;;
  "preview --json --non-interactive") echo "no stack, password=Pw-1234567" >&2; exit 255;;
  "config get changetracking:accessKeySecret") echo "s3cret";;
  *) exit 1;;
esac
`;

let folder: string;
let place: PulumiPlace;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-cli-"));
  writeFileSync(join(folder, "pulumi"), SCRIPT);
  chmodSync(join(folder, "pulumi"), 0o755);
  place = { cwd: folder, stack: "prod", environment: { PATH: `${folder}:/usr/bin:/bin` } };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the CLI", () => {
  it("gives the JSON of a preview that fails, too, and never a stream of events", async () => {
    expect(await runPreview(place)).toEqual({
      text: "false preview --json --stack prod --non-interactive --color never\n",
      failure: expect.stringMatching(/^`pulumi preview` in .* ended with 1: it said nothing$/),
    });
  });

  it("without JSON what it said is told, and no secret of it", async () => {
    const failure = runPreview({ ...place, stack: undefined });
    await expect(failure).rejects.toThrow(/ended with 255 .*no stack, password=\*\*\* \[PulumiFailed\]/);
  });

  it("is not blamed for a folder that is not there", async () => {
    for (const cwd of [join(folder, "nowhere"), join(folder, "pulumi")]) {
      const failure = runPreview({ ...place, cwd });
      await expect(failure).rejects.toThrow(
        `there is no folder ${cwd} to run \`pulumi preview\` in: --cwd names the folder of the program [FolderNotFound]`,
      );
    }
  });

  it("that is not there is told with what to do", async () => {
    const failure = runPreview({ ...place, environment: { PATH: "/nowhere" } });
    await expect(failure).rejects.toThrow(/Install the Pulumi CLI.*\[PulumiNotFound\]/);
  });
});

describe("settings out of a preview", () => {
  const config = {
    "changetracking:endpoint": "http://127.0.0.1:1",
    "changetracking:accessKeyId": "id",
    "changetracking:accessKeySecret": "[secret]",
    "changetracking:securityToken": "[secret]",
    "test:password": "[secret]",
  };

  it("asks the CLI for secrets of its own, leaves out what cannot be had, and asks for nothing else", async () => {
    expect(await providerSettings(config, place)).toEqual({
      "changetracking:endpoint": "http://127.0.0.1:1",
      "changetracking:accessKeyId": "id",
      "changetracking:accessKeySecret": "s3cret",
    });
  });

  it("keys of the environment win, and those of the stack are not asked for", async () => {
    const environment = { ...place.environment, CHANGE_TRACKING_ACCESS_KEY_ID: "own" };
    const found = await providerSettings(config, { ...place, environment });
    expect(Object.keys(found)).not.toContain("changetracking:accessKeySecret");
    const unset = { ...place.environment, CHANGE_TRACKING_ACCESS_KEY_ID: "" };
    const asked = await providerSettings(config, { ...place, environment: unset });
    expect(asked["changetracking:accessKeySecret"]).toBe("s3cret");
  });
});
