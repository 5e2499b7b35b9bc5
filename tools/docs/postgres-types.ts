import { MADE_TYPES, type Mapping, POSTGRES_TYPES } from "../../service/dts/capture/postgres/types.ts";

const MADE_NAMES: Readonly<Record<keyof typeof MADE_TYPES, string>> = {
  enum: "enum types",
  string: "other strings",
  domain: "domains",
  other: "everything else",
};

/** Rows of the table of PostgreSQL's types: name, OID, value, note. */
export function postgresTypeRows(): string[][] {
  const builtIn = POSTGRES_TYPES.map(({ oid, name, as, note }) => [
    name,
    String(oid),
    valueText(as),
    note ?? "",
  ]);
  const made = Object.entries(MADE_TYPES).map(([kind, { as, note }]) => [
    MADE_NAMES[kind as keyof typeof MADE_TYPES],
    "",
    as ? valueText(as) : "",
    note,
  ]);
  return [...builtIn, ...made];
}

function valueText(as: Mapping): string {
  switch (as.value) {
    case "Boolean":
      return "TextObject BOOL";
    case "BinaryObject":
    case "TextObject":
    case "TextGeometry":
      return `${as.value} ${as.type}`;
    case "Integer":
      return `Integer, precision ${as.precision}`;
    case "Character":
      return "Character UTF-8";
    case "DateTime":
    case "TimestampWithTimeZone":
      return { date: `${as.value}, date`, time: `${as.value}, time`, both: as.value }[as.parts];
    default:
      return as.value;
  }
}
