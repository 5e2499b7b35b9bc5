import { type Decoded, type Field, type Fields, type Given, includes } from "./fields.ts";
import type { Reader } from "./reader.ts";
import { WireError } from "./wire-error.ts";
import { Writer } from "./writer.ts";

/** Tags of one message part; senders may add some that we do not know. */
const TAGS_MAX = 64;

interface Codec {
  read(from: Reader): unknown;
  write(to: Writer, value: unknown): void;
}

/** A request or an answer in all its versions. */
export class Message<F extends Fields> {
  readonly fields: F;
  /** Versions from here on use compact lengths and end each part with tags. */
  readonly #flexibleFrom: number;
  readonly #codecs: (Codec | undefined)[] = [];

  constructor(fields: F, flexibleFrom: number) {
    this.fields = fields;
    this.#flexibleFrom = flexibleFrom;
  }

  /** Throws WireError. Bytes behind the message are left alone, as Apache Kafka does. */
  decode(from: Reader, version: number): Decoded<F> {
    return this.#codec(version).read(from) as Decoded<F>;
  }

  encode(to: Writer, version: number, value: Given<Decoded<F>>): void {
    this.#codec(version).write(to, value);
  }

  /** Worked out once for each version. */
  #codec(version: number): Codec {
    this.#codecs[version] ??= structCodec(this.fields, version, version >= this.#flexibleFrom);
    return this.#codecs[version] as Codec;
  }
}

function structCodec(fields: Fields, version: number, isFlexible: boolean): Codec {
  const all = Object.entries(fields);
  const absent = Object.fromEntries(all.map(([name, field]) => [name, field.fallback]));
  const present = all.filter(([, field]) => includes(field.versions, version));
  const inPlace = present
    .filter(([, field]) => field.tag === undefined)
    .map(([name, field]) => ({ name, field, codec: codecOf(field, version, isFlexible) }));
  const tags = present
    .filter(([, field]) => field.tag !== undefined)
    .map(([name, field]) => ({
      name,
      field,
      tag: field.tag ?? 0,
      codec: codecOf(field, version, isFlexible),
    }))
    .sort((a, b) => a.tag - b.tag);
  return {
    read(from) {
      const into: Record<string, unknown> = { ...absent };
      for (const { name, codec } of inPlace) into[name] = codec.read(from);
      if (isFlexible) {
        readTags(from, (tag) => {
          const known = tags.find((one) => one.tag === tag);
          if (!known) return undefined;
          return (part) => {
            into[known.name] = known.codec.read(part);
          };
        });
      }
      return into;
    },
    write(to, value) {
      const given = value as Record<string, unknown>;
      for (const { name, field, codec } of inPlace) codec.write(to, orFallback(given[name], field, version));
      if (!isFlexible) return;
      const sent = tags.filter(({ name, field }) => (given[name] ?? field.fallback) !== field.fallback);
      to.uvarint(sent.length);
      for (const { name, tag, codec } of sent) {
        const part = new Writer();
        codec.write(part, given[name]);
        to.uvarint(tag);
        to.uvarint(part.length);
        for (const piece of part.finish()) to.raw(piece);
      }
    },
  };
}

/** Tags that nobody knows are skipped. */
export function readTags(
  from: Reader,
  reading: (tag: number) => ((part: Reader) => void) | undefined = () => undefined,
): void {
  const count = from.uvarint();
  if (count > TAGS_MAX) throw new WireError(`${count} tags`);
  for (let index = 0; index < count; index += 1) {
    const tag = from.uvarint();
    const part = from.part(from.uvarint());
    reading(tag)?.(part);
  }
}

/** Null where this version has it, else what is empty: a message that leaves a text out must not send a null. */
function orFallback(value: unknown, field: Field<unknown>, version: number): unknown {
  const given = value === undefined ? field.fallback : value;
  if (given !== null || includes(field.nullable, version)) return given;
  return field.kind === "string" ? "" : [];
}

function codecOf(field: Field<unknown>, version: number, isFlexible: boolean): Codec {
  const isNullable = includes(field.nullable, version);
  const checked = <T>(value: T | null): T | null => {
    if (value === null && !isNullable) throw new WireError("nothing where something has to be");
    return value;
  };
  switch (field.kind) {
    case "bool":
      return { read: (from) => from.bool(), write: (to, value) => to.bool(value as boolean) };
    case "int8":
    case "int16":
    case "int32":
    case "int64":
      return numberCodec(field.kind);
    case "string":
      return {
        read: (from) => checked(from.string(isFlexible)),
        write: (to, value) => to.string(value as string | null, isFlexible),
      };
    case "bytes":
      return {
        read: (from) => checked(from.bytes(isFlexible)),
        write: (to, value) => to.bytes(value as Uint8Array | null, isFlexible),
      };
    case "records":
      return {
        read: (from) => {
          const whole = from.bytes(isFlexible);
          return whole && [whole];
        },
        write: (to, value) => to.pieces(value as readonly Uint8Array[] | null, isFlexible),
      };
    case "struct":
      return structCodec(field.fields ?? {}, version, isFlexible);
    case "array":
      return arrayCodec(codecOf(field.element as Field<unknown>, version, isFlexible), isFlexible, checked);
  }
}

function numberCodec(kind: "int8" | "int16" | "int32" | "int64"): Codec {
  return { read: (from) => from[kind](), write: (to, value) => to[kind](value as number) };
}

function arrayCodec(
  element: Codec,
  isFlexible: boolean,
  checked: (count: number | null) => number | null,
): Codec {
  return {
    read(from) {
      const count = checked(from.count(isFlexible));
      if (count === null) return null;
      const all: unknown[] = [];
      for (let index = 0; index < count; index += 1) all.push(element.read(from));
      return all;
    },
    write(to, value) {
      const all = value as readonly unknown[] | null;
      to.size(all === null ? -1 : all.length, isFlexible, 4);
      for (const one of all ?? []) element.write(to, one);
    },
  };
}
