/**
 * Fields of Kafka messages as data: in which versions a field is there, where it may be null, where it is tagged. A message
 * is an object of fields in the order of the wire; its TypeScript type follows from it. Facts from the message
 * definitions in Apache Kafka's clients (org.apache.kafka:kafka-clients, Apache-2.0).
 */
export interface Field<T> {
  readonly kind: FieldKind;
  readonly versions: Versions;
  readonly nullable: Versions;
  /** Number of the tag; undefined for a field in its place. */
  readonly tag?: number | undefined;
  /** What a version without the field, or a sender who gives nothing, means. */
  readonly fallback: T;
  readonly element?: Field<unknown>;
  readonly fields?: Fields;
}

type FieldKind =
  | "bool"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "string"
  | "bytes"
  | "records"
  | "array"
  | "struct";

/** Both ends belong to it. */
export interface Versions {
  readonly from: number;
  readonly to: number;
}

export type Fields = { readonly [name: string]: Field<unknown> };

/** What decoding gives: every field of every version, those that are absent with their fallback. */
export type Decoded<F extends Fields> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What encoding takes: what is left out is sent as its fallback. */
export type Given<T> = T extends Uint8Array
  ? Uint8Array
  : T extends readonly (infer E)[]
    ? readonly Given<E>[]
    : T extends object
      ? { readonly [K in keyof T]?: Given<T[K]> }
      : T;

const NEVER: Versions = { from: 1, to: 0 };
const ALWAYS: Versions = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** `2`, `0-3` or `4+`. */
export function versionsOf(text: string): Versions {
  const [, from, rest] = /^(\d+)(\+|-\d+)?$/.exec(text) ?? [];
  if (from === undefined) throw new Error(`${text} is no range of versions`);
  if (rest === "+") return { from: Number(from), to: ALWAYS.to };
  return { from: Number(from), to: rest === undefined ? Number(from) : Number(rest.slice(1)) };
}

export function includes(versions: Versions, version: number): boolean {
  return version >= versions.from && version <= versions.to;
}

function plain<T>(kind: FieldKind, versions: string, fallback: T): Field<T> {
  return { kind, versions: versionsOf(versions), nullable: NEVER, fallback };
}

export const bool = (versions: string, fallback = false) => plain("bool", versions, fallback);
export const int8 = (versions: string, fallback = 0) => plain("int8", versions, fallback);
export const int16 = (versions: string, fallback = 0) => plain("int16", versions, fallback);
export const int32 = (versions: string, fallback = 0) => plain("int32", versions, fallback);
/** A number: exact up to 2^53, which no offset and no time reaches. */
export const int64 = (versions: string, fallback = 0) => plain("int64", versions, fallback);
export const string = (versions: string) => plain("string", versions, "");
export const bytes = (versions: string) => plain<Uint8Array>("bytes", versions, new Uint8Array(0));

/** Null is allowed in `nullable`; what is left out is null there, and empty elsewhere. */
export function nullableString(versions: string, nullable = versions): Field<string | null> {
  return { ...plain<string | null>("string", versions, null), nullable: versionsOf(nullable) };
}

/** Record batches, handed on as they are; in pieces when they are sent, in one when they were received. */
export function records(versions: string): Field<readonly Uint8Array[] | null> {
  return { ...plain<readonly Uint8Array[] | null>("records", versions, null), nullable: ALWAYS };
}

export function array<F extends Fields>(versions: string, fields: F): Field<readonly Decoded<F>[]> {
  return { ...plain<readonly Decoded<F>[]>("array", versions, []), element: structOf(fields) };
}

export function arrayOf<T>(versions: string, element: Field<T>): Field<readonly T[]> {
  return { ...plain<readonly T[]>("array", versions, []), element };
}

export function nullableArray<F extends Fields>(
  versions: string,
  nullable: string,
  fields: F,
): Field<readonly Decoded<F>[] | null> {
  return {
    ...plain<readonly Decoded<F>[] | null>("array", versions, null),
    nullable: versionsOf(nullable),
    element: structOf(fields),
  };
}

/** Sent behind the others, by its number, and only when it is not its fallback. */
export function tagged<T>(tag: number, field: Field<T>): Field<T> {
  return { ...field, tag };
}

function structOf<F extends Fields>(fields: F): Field<Decoded<F>> {
  const fallback = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.fallback]));
  return { ...plain("struct", "0+", fallback as Decoded<F>), fields };
}
