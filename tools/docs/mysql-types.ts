import { type Mapping, MYSQL_TYPES, type MysqlType } from "../../service/dts/capture/mysql/types.ts";

/** Rows of the table of MySQL's and MariaDB's types: name, number, value, note. */
export function mysqlTypeRows(): string[][] {
  const types: readonly MysqlType[] = Object.values(MYSQL_TYPES);
  return types.map(({ name, number, as, note }) => [name, String(number), valueText(as), note ?? ""]);
}

function valueText(as: Mapping): string {
  switch (as.value) {
    case "BinaryObject":
    case "TextObject":
      return `${as.value} ${as.type}`;
    case "Integer":
      return `Integer, precision ${as.precision}`;
    case "DateTime":
      return as.parts === "both" ? as.value : `${as.value}, ${as.parts}`;
    default:
      return as.value;
  }
}
