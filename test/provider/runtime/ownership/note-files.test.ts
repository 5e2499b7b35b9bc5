import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { youngNotes } from "../../../../provider/runtime/ownership/note-files.ts";
import { takenOverFiles } from "../../../../provider/runtime/ownership/taken-over.ts";

const folder = mkdtempSync(join(tmpdir(), "note-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("a file that another run has taken away since the folder was listed costs no note", () => {
  // Listed like a file and not there when it is looked at.
  symlinkSync(join(folder, "nowhere"), join(folder, "0.json.new"));
  const notes = takenOverFiles(folder, () => Date.now());
  notes.note("group", "owner");
  expect(notes.ownerOf("group")).toBe("owner");
  expect(youngNotes(folder, 60_000, Date.now())).toHaveLength(1);
});

it("old files go, half written ones too", () => {
  for (const name of ["old.json", "old.json.new"]) {
    writeFileSync(join(folder, name), "{}");
    utimesSync(join(folder, name), 0, 0);
  }
  const young = youngNotes(folder, 60_000, Date.now());
  expect(young.map((path) => existsSync(path))).toEqual([true]);
  expect(readdirSync(folder).filter((name) => name.startsWith("old"))).toEqual([]);
});
