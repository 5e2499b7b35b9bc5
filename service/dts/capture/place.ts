import type { CaptureJob } from "./capture.ts";
import { decodePosition as decodeMysql, positionText } from "./mysql/position.ts";
import { decodePosition as decodePostgres, lsnText } from "./postgres/position.ts";

/** A stored position in the words of its source. */
export interface SourcePlace {
  /** `0/16B3748` of PostgreSQL, `mysql-bin.000003:4512` of MySQL and MariaDB. */
  readonly text: string;
  /** Of the last transaction; left out where the source has none. */
  readonly gtid?: string;
}

/** Undefined before the first position, and for bytes that no capture of this family wrote. */
export function sourcePlace(family: CaptureJob["family"], bytes: Uint8Array): SourcePlace | undefined {
  try {
    if (family === "postgres") return { text: lsnText(decodePostgres(bytes).lsn) };
    const { file, position, gtid } = decodeMysql(bytes);
    return { text: positionText(file, position), ...(gtid === "" ? {} : { gtid }) };
  } catch {
    return undefined;
  }
}
