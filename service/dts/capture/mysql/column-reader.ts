import { writeBinaryObject, writeCharacter, writeTextObject } from "../../records/values.ts";
import { inet4Text, inet6Text, uuidText } from "./addresses.ts";
import { recordCharset } from "./charsets.ts";
import type { Column } from "./column.ts";
import { TYPE } from "./column-type.ts";
import { inflateColumn } from "./compressed.ts";
import { unreadable } from "./failure.ts";
import { jsonText } from "./json.ts";
import { bitReader, decimalReader, integerReader, readDouble, readFloat } from "./number-readers.ts";
import {
  dateTimeReader,
  readDate,
  readDateTimeOld,
  readTimeOld,
  readTimestampOld,
  readYear,
  timeReader,
  timestampReader,
} from "./temporal-readers.ts";
import {
  binaryReader,
  bytesReader,
  characterReader,
  enumReader,
  fixedBinaryReader,
  geometryReader,
  setReader,
} from "./text-readers.ts";
import type { ValueReader } from "./value-reader.ts";

const ONE_BYTE_LENGTH_MAX = 255;

/** Reads the values of a column as the binary log stores them. */
export function readerOf(column: Column): ValueReader {
  const { stored, meta, isUnsigned } = column;
  switch (stored) {
    case TYPE.tiny:
      return integerReader(1, isUnsigned);
    case TYPE.short:
      return integerReader(2, isUnsigned);
    case TYPE.int24:
      return integerReader(3, isUnsigned);
    case TYPE.long:
      return integerReader(4, isUnsigned);
    case TYPE.longLong:
      return integerReader(8, isUnsigned);
    case TYPE.bit:
      return bitReader(meta);
    case TYPE.newDecimal:
      return decimalReader(meta >> 8, meta & 0xff);
    case TYPE.float:
      return readFloat;
    case TYPE.double:
      return readDouble;
    case TYPE.enum:
      return enumReader(meta, column.members);
    case TYPE.set:
      return setReader(meta, column.members);
    default:
      return temporalReader(stored, meta) ?? textualReader(column);
  }
}

function temporalReader(stored: number, meta: number): ValueReader | undefined {
  switch (stored) {
    case TYPE.year:
      return readYear;
    case TYPE.date:
    case TYPE.newDate:
      return readDate;
    case TYPE.time:
      return readTimeOld;
    case TYPE.dateTime:
      return readDateTimeOld;
    case TYPE.timestamp:
      return readTimestampOld;
    case TYPE.time2:
      return timeReader(meta);
    case TYPE.dateTime2:
      return dateTimeReader(meta);
    case TYPE.timestamp2:
      return timestampReader(meta);
    default:
      return undefined;
  }
}

function textualReader(column: Column): ValueReader {
  const { stored, meta, type } = column;
  const charset = recordCharset(column.charset);
  const isFixed = stored === TYPE.string;
  const isVarying = stored === TYPE.varchar || stored === TYPE.varString;
  const lengthBytes = isFixed || isVarying ? varyingBytes(meta) : meta;
  if (stored === TYPE.blobCompressed || stored === TYPE.varcharCompressed)
    return compressedReader(stored === TYPE.varcharCompressed ? varyingBytes(meta) : meta, type, charset);
  switch (type) {
    case "binary":
      return fixedBinaryReader(lengthBytes, meta);
    case "varbinary":
      return binaryReader(lengthBytes, "BINARY");
    case "char":
    case "varchar":
    case "text":
      return characterReader(lengthBytes, charset);
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "longblob":
    case "vector":
      return binaryReader(lengthBytes, "BLOB");
    case "geometry":
      return geometryReader(lengthBytes);
    case "json":
      return bytesReader(lengthBytes, (out, bytes) => writeTextObject(out, "JSON", jsonText(bytes)));
    case "uuid":
    case "inet4":
    case "inet6":
      return addressReader(lengthBytes, meta, ADDRESSES[type]);
    default:
      throw unreadable(`columns of the type ${type} (${stored}) cannot be read`);
  }
}

/** How many bytes the length of a value has whose column has this one at most. */
function varyingBytes(lengthMax: number): number {
  return lengthMax > ONE_BYTE_LENGTH_MAX ? 2 : 1;
}

/** MariaDB's attribute COMPRESSED. */
function compressedReader(lengthBytes: number, type: Column["type"], charset: string): ValueReader {
  const isText = type === "text" || type === "varchar";
  const object = type === "varbinary" ? "BINARY" : "BLOB";
  return bytesReader(lengthBytes, (out, bytes) => {
    const plain = inflateColumn(bytes);
    if (isText) writeCharacter(out, charset, plain);
    else writeBinaryObject(out, object, plain);
  });
}

const ADDRESSES = { uuid: uuidText, inet4: inet4Text, inet6: inet6Text } as const;

/** Types that are logged as a BINARY of a fixed size, zeros at the end left out. */
function addressReader(lengthBytes: number, size: number, text: (bytes: Buffer) => string): ValueReader {
  return bytesReader(lengthBytes, (out, bytes) => {
    const whole = Buffer.alloc(size);
    bytes.copy(whole);
    writeCharacter(out, "US-ASCII", text(whole));
  });
}
