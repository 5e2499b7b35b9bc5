import { join } from "node:path";
import { expect, it } from "vitest";
import { readInput } from "../../../provider/review/input.ts";
import { withFiles } from "../definitions/support.ts";

it("a file is read whole, signs of several bytes too, or not at all", () =>
  withFiles({ "a.json": "ä😀".repeat(100_000) }, async (folder) => {
    expect(await readInput("a.json", folder)).toBe("ä😀".repeat(100_000));
    expect(await readInput(join(folder, "a.json"), "/")).toHaveLength(300_000);
    await expect(readInput("a.json", folder, 299_999)).rejects.toThrow(
      /more than 299999 characters \[Unreadable/,
    );
    await expect(readInput("b.json", folder)).rejects.toThrow(/ENOENT.*\[UnreadableFile\]/);
    await expect(readInput(".", folder)).rejects.toThrow(/EISDIR.*\[UnreadableFile\]/);
  }));

it.runIf(process.platform === "linux")("what never ends is left after the most that is read", async () => {
  await expect(readInput("/dev/zero", "/", 1_000_000)).rejects.toThrow(/more than 1000000 characters/);
});
