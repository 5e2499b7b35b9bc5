// A log whose files were emptied or deleted, while its folder stayed, was taken for one that had not begun: the job was Normal,
// and what lay between the lost position and the next change was missing without a word.
import { mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LogTopics } from "../../../../service/dts/threads/log-topics.ts";
import { openFileLogs } from "../../../../service/log/file-logs.ts";

const retention = { bytesMax: 1e9, ageSecondsMax: 1e6 };
const entry = {
  baseOffset: 0,
  recordCount: 1,
  firstSeconds: 1,
  lastSeconds: 1,
  position: Uint8Array.of(7),
  complete: true,
  payload: Uint8Array.of(1),
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-topics-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function openTopics(): Promise<LogTopics> {
  return await LogTopics.open(await openFileLogs(folder, { retention }), () => undefined);
}

/** A log that has begun, closed again. Gives its files. */
async function begun(): Promise<string[]> {
  const topics = await openTopics();
  await topics.openToWrite({ captureId: "c1", mayBegin: true, firstOffset: 0 });
  await topics.written("c1").append([entry]);
  await topics.close();
  return readdirSync(join(folder, "c1")).map((name) => join(folder, "c1", name));
}

const lost: readonly [string, (file: string) => void][] = [
  ["deleted", (file) => rmSync(file)],
  ["emptied", (file) => truncateSync(file, 0)],
];
for (const [how, lose] of lost) {
  it(`a log whose files were ${how} is lost, unless it may begin`, async () => {
    for (const file of await begun()) lose(file);
    const topics = await openTopics();
    await expect(
      topics.openToWrite({ captureId: "c1", mayBegin: false, firstOffset: 0 }),
    ).rejects.toMatchObject({ code: "LOG_LOST" });
    // And again: the attempt has made no log that could be taken for the old one.
    await expect(
      topics.openToWrite({ captureId: "c1", mayBegin: false, firstOffset: 0 }),
    ).rejects.toMatchObject({ code: "LOG_LOST" });
    await topics.close();
    const later = await openTopics();
    await expect(
      later.openToWrite({ captureId: "c1", mayBegin: false, firstOffset: 0 }),
    ).rejects.toMatchObject({ code: "LOG_LOST" });
    expect(await later.openToWrite({ captureId: "c1", mayBegin: true, firstOffset: 0 })).toMatchObject({
      position: new Uint8Array(0),
      nextOffset: 0,
    });
    await later.close();
  });
}

it("a log that is there goes on", async () => {
  await begun();
  const topics = await openTopics();
  expect(await topics.openToWrite({ captureId: "c1", mayBegin: false, firstOffset: 0 })).toEqual({
    position: entry.position,
    nextOffset: 1,
    lastSeconds: 1,
  });
  await topics.close();
});
