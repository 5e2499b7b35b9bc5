import { recordCharset } from "./charsets.ts";
import type { Column } from "./column.ts";
import { TYPE } from "./column-type.ts";
import { unreadable } from "./failure.ts";
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
  const lengthBytes = isFixed || isVarying ? (meta > ONE_BYTE_LENGTH_MAX ? 2 : 1) : meta;
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
    default:
      throw unreadable(`columns of the type ${type} (${stored}) cannot be read`);
  }
}
