import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Seconds for a new file of so many pieces, each made durable on its own. */
export function writeBare(path: string, bytes: number, count: number): number {
  const piece = Buffer.alloc(bytes, 1);
  const file = openSync(path, "w");
  try {
    const begin = performance.now();
    for (let at = 0; at < count; at += 1) {
      writeSync(file, piece);
      fdatasyncSync(file);
    }
    return (performance.now() - begin) / 1000;
  } finally {
    closeSync(file);
  }
}

/** Seconds for reading the file through in such pieces. */
export function readBare(path: string, bytes: number): number {
  const piece = Buffer.alloc(bytes);
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const begin = performance.now();
    for (let at = 0; at < size; at += bytes) readSync(file, piece, 0, bytes, at);
    return (performance.now() - begin) / 1000;
  } finally {
    closeSync(file);
  }
}
