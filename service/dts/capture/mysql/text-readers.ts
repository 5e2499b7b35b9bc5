import type { AvroWriter } from "../../records/avro-writer.ts";
import {
  type ObjectType,
  type RangeWriter,
  type Text,
  textTemplate,
  writeBinaryGeometry,
  writeBinaryObject,
  writeCharacter,
  writeTextObject,
} from "../../records/values.ts";
import { unreadable } from "./failure.ts";
import type { ValueReader } from "./value-reader.ts";

const SRID_BYTES = 4;

/** Bytes behind a length of `lengthBytes`, little-endian. */
function lengthReader(lengthBytes: number, write: RangeWriter): ValueReader {
  return (out, bytes, at) => {
    const start = at + lengthBytes;
    const end = start + bytes.readUIntLE(at, lengthBytes);
    if (end > bytes.length) throw unreadable("a value is longer than its event");
    write(out, bytes, start, end);
    return end;
  };
}

export function characterReader(lengthBytes: number, charset: string): ValueReader {
  return lengthReader(
    lengthBytes,
    textTemplate((out, text) => writeCharacter(out, charset, text)),
  );
}

export function binaryReader(lengthBytes: number, type: ObjectType): ValueReader {
  return lengthReader(lengthBytes, binaryWriter(type));
}

/** Zeros at the end are not in the log. */
export function fixedBinaryReader(lengthBytes: number, size: number): ValueReader {
  const zeros = new Uint8Array(size);
  const write = binaryWriter("BINARY");
  return lengthReader(lengthBytes, (out, bytes, start, end) => {
    if (end - start >= size) {
      write(out, bytes, start, end);
      return;
    }
    const padded = zeros.slice();
    padded.set(bytes.subarray(start, end));
    write(out, padded, 0, size);
  });
}

/** The SRID, 4 bytes, then well-known binary. */
export function geometryReader(lengthBytes: number): ValueReader {
  return lengthReader(lengthBytes, (out, bytes, start, end) => {
    if (end - start < SRID_BYTES) throw unreadable("a geometry is shorter than its SRID");
    writeBinaryGeometry(out, "GEOMETRY", bytes.subarray(start + SRID_BYTES, end));
  });
}

/** Values that have to be made another form first. */
export function bytesReader(
  lengthBytes: number,
  write: (out: AvroWriter, bytes: Buffer) => void,
): ValueReader {
  return lengthReader(lengthBytes, (out, bytes, start, end) =>
    write(out, (bytes as Buffer).subarray(start, end)),
  );
}

/** From 1; 0 is a value that was refused. */
export function enumReader(bytes: number, members: readonly string[]): ValueReader {
  return (out, source, at) => {
    const index = source.readUIntLE(at, bytes);
    writeTextObject(out, "ENUM", index === 0 ? "" : (members[index - 1] ?? String(index)));
    return at + bytes;
  };
}

/** A bit for each member. */
export function setReader(bytes: number, members: readonly string[]): ValueReader {
  return (out, source, at) => {
    const chosen: string[] = [];
    for (let bit = 0; bit < bytes * 8; bit += 1) {
      const byte = source.readUInt8(at + (bit >> 3));
      if ((byte >> (bit & 7)) & 1) chosen.push(members[bit] ?? String(bit + 1));
    }
    writeTextObject(out, "SET", chosen.join(","));
    return at + bytes;
  };
}

function binaryWriter(type: ObjectType): RangeWriter {
  return textTemplate((out: AvroWriter, bytes: Text) =>
    writeBinaryObject(out, type, typeof bytes === "string" ? Buffer.from(bytes) : bytes),
  );
}
