import { mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";

const SEGMENT_NAME = /^(\d{20})\.log$/;
const INDEX_NAME = /^(\d{20})\.index$/;
const DIGITS = 20;

export function segmentPath(folder: string, baseOffset: number): string {
  return join(folder, `${String(baseOffset).padStart(DIGITS, "0")}.log`);
}

export function indexPath(folder: string, baseOffset: number): string {
  return join(folder, `${String(baseOffset).padStart(DIGITS, "0")}.index`);
}

/** Base offsets and sizes of the segments in a log's folder, in order. Indexes without their segment are removed. */
export async function listSegments(folder: string): Promise<{ baseOffset: number; bytes: number }[]> {
  const names = await readdir(folder);
  const offsets = new Set(names.flatMap((name) => offsetIn(SEGMENT_NAME, name)));
  for (const orphan of names.flatMap((name) => offsetIn(INDEX_NAME, name))) {
    if (!offsets.has(orphan)) await unlinkIfThere(indexPath(folder, orphan));
  }
  const inOrder = [...offsets].sort((a, b) => a - b);
  const found: { baseOffset: number; bytes: number }[] = [];
  for (const baseOffset of inOrder) {
    const { size } = await stat(segmentPath(folder, baseOffset));
    found.push({ baseOffset, bytes: size });
  }
  return found;
}

function offsetIn(pattern: RegExp, name: string): number[] {
  const digits = pattern.exec(name)?.[1];
  return digits === undefined ? [] : [Number(digits)];
}

/** Makes a folder that only its owner may look into, its name durable. */
export async function makePrivateFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  await syncFolder(dirname(folder));
  if (first !== folder) await syncFolder(dirname(first));
}

/** Makes an empty file, for the owner alone, its name durable; or leaves none. */
export async function makeEmptyFile(folder: string, path: string): Promise<void> {
  try {
    const file = await open(path, "w", 0o600);
    await file.close();
    await syncFolder(folder);
  } catch (error) {
    await unlinkIfThere(path);
    throw error;
  }
}

/** Makes durable which files the folder holds. Windows cannot, and does not need to. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
}

/** Moves the folder aside first: a log that was removed halfway never comes back with a hole. */
export async function removeFolder(parent: string, name: string): Promise<void> {
  const aside = join(parent, `${REMOVED_PREFIX}${name}`);
  await rm(aside, { recursive: true, force: true });
  try {
    await rename(join(parent, name), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  await syncFolder(parent);
  await rm(aside, { recursive: true, force: true });
}

/** No log's name begins like this. */
export const REMOVED_PREFIX = ".removed-";
