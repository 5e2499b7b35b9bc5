import type { ImageValue } from "./record-schema.ts";

interface DateParts {
  readonly [part: string]: number | { readonly int: number } | null;
}

/** The bytes that the server's text protocol gives for the value, without zeros at the end of fractions. */
export function mysqlBytes(value: ImageValue): Buffer | null {
  if (value === null) return null;
  const [branch, inner] = Object.entries(value)[0] as [string, Record<string, never>];
  switch (branch) {
    case "Character":
    case "BinaryObject":
    case "BinaryGeometry":
      return Buffer.from(inner.value as unknown as Uint8Array);
    case "DateTime":
      return Buffer.from(dateText(inner as DateParts));
    case "Timestamp":
      return Buffer.from(timestampText(Number(inner.timestamp), Number(inner.millis)));
    default:
      return Buffer.from(String(inner.value));
  }
}

/**
 * For a connection with `character_set_results = NULL`: the same of what the server gives, each value in its own character
 * set. Labels of a SET are in the column's there, and Unicode in records.
 */
export function storedBytes(field: { readonly type: string; buffer(): Buffer | null }): Buffer | null {
  const bytes = field.buffer();
  if (bytes === null) return null;
  if (field.type === "BIT") return Buffer.from(String(BigInt(`0x${bytes.toString("hex")}`)));
  if (field.type === "GEOMETRY") return bytes.subarray(4);
  if (/TIME/.test(field.type))
    return Buffer.from(
      String(bytes)
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, ""),
    );
  if (/FLOAT|DOUBLE/.test(field.type)) return Buffer.from(String(Number(String(bytes))));
  if (field.type === "YEAR") return Buffer.from(String(Number(String(bytes))).padStart(4, "0"));
  return bytes;
}

function timestampText(seconds: number, micros: number): string {
  const date = seconds === 0 ? "0000-00-00 00:00:00" : new Date(seconds * 1000).toISOString().slice(0, 19);
  return date.replace("T", " ") + fraction(micros);
}

function dateText(parts: DateParts): string {
  const of = (name: string) => {
    const part = parts[name];
    return typeof part === "object" ? part?.int : part;
  };
  const two = (value: number | undefined) => String(Math.abs(value ?? 0)).padStart(2, "0");
  const [year, month, hour, minute, second] = ["year", "month", "hour", "minute", "second"].map(of);
  const micros = of("millis") ?? 0;
  const isNegative = [hour, minute, second, micros].some((part) => (part ?? 0) < 0);
  const date = [
    ...(year === undefined ? [] : [String(year).padStart(4, "0")]),
    ...(month === undefined ? [] : [two(month), two(of("day"))]),
  ].join("-");
  const time =
    hour === undefined
      ? []
      : [`${isNegative ? "-" : ""}${two(hour)}:${two(minute)}:${two(second)}${fraction(Math.abs(micros))}`];
  return [...(date === "" ? [] : [date]), ...time].join(" ");
}

function fraction(micros: number): string {
  return micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
}
