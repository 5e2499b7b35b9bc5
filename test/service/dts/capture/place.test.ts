import { describe, expect, it } from "vitest";
import {
  encodePosition as encodeMysql,
  type MysqlPosition,
} from "../../../../service/dts/capture/mysql/position.ts";
import { sourcePlace } from "../../../../service/dts/capture/place.ts";
import { encodePosition as encodePostgres } from "../../../../service/dts/capture/postgres/position.ts";

const postgresAt = (lsn: number) => encodePostgres({ systemId: "1", timeline: 1, lsn, seconds: 5 });
const mysqlAt = (changes: Partial<MysqlPosition>) =>
  encodeMysql({
    server: "1:1",
    file: "mysql-bin.000003",
    position: 4512,
    gtid: "",
    seconds: 5,
    notBefore: 0,
    ...changes,
  });

describe("a position in the words of its source", () => {
  it.each([
    [0x16b3748, "0/16B3748"],
    [0x16_b374_d848, "16/B374D848"],
    [0, "0/0"],
    [2 ** 53 - 1, "1FFFFF/FFFFFFFF"],
  ])("is the LSN of PostgreSQL: %i", (lsn, text) => {
    expect(sourcePlace("postgres", postgresAt(lsn))).toEqual({ text });
  });

  it("is file and place of MySQL, with the last GTID where there is one", () => {
    expect(sourcePlace("mysql", mysqlAt({}))).toEqual({ text: "mysql-bin.000003:4512" });
    expect(sourcePlace("mysql", mysqlAt({ position: 2 ** 33, gtid: "0-1-57" }))).toEqual({
      text: "mysql-bin.000003:8589934592",
      gtid: "0-1-57",
    });
  });

  it("is not there before the first, and for what another capture wrote", () => {
    for (const family of ["postgres", "mysql"] as const) {
      expect(sourcePlace(family, new Uint8Array(0))).toBeUndefined();
      expect(sourcePlace(family, Buffer.from("garbage"))).toBeUndefined();
    }
    expect(sourcePlace("mysql", postgresAt(1))).toBeUndefined();
    expect(sourcePlace("postgres", mysqlAt({}))).toBeUndefined();
  });
});
