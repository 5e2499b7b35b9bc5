/** Types of columns as the binary log numbers them. */
export const TYPE = {
  decimal: 0,
  tiny: 1,
  short: 2,
  long: 3,
  float: 4,
  double: 5,
  null: 6,
  timestamp: 7,
  longLong: 8,
  int24: 9,
  date: 10,
  time: 11,
  dateTime: 12,
  year: 13,
  newDate: 14,
  varchar: 15,
  bit: 16,
  timestamp2: 17,
  dateTime2: 18,
  time2: 19,
  /** MariaDB's columns with the attribute COMPRESSED. */
  blobCompressed: 140,
  varcharCompressed: 141,
  vector: 242,
  json: 245,
  newDecimal: 246,
  enum: 247,
  set: 248,
  tinyBlob: 249,
  mediumBlob: 250,
  longBlob: 251,
  blob: 252,
  varString: 253,
  string: 254,
  geometry: 255,
} as const;

const NUMERIC = new Set<number>([
  TYPE.decimal,
  TYPE.tiny,
  TYPE.short,
  TYPE.int24,
  TYPE.long,
  TYPE.longLong,
  TYPE.newDecimal,
  TYPE.float,
  TYPE.double,
  TYPE.year,
]);
const CHARACTER = new Set<number>([
  TYPE.string,
  TYPE.varString,
  TYPE.varchar,
  TYPE.varcharCompressed,
  TYPE.tinyBlob,
  TYPE.mediumBlob,
  TYPE.longBlob,
  TYPE.blob,
  TYPE.blobCompressed,
]);

/** Whether the metadata has a bit for its sign. */
export function isNumeric(type: number): boolean {
  return NUMERIC.has(type);
}

/** Whether the metadata has a collation for it; MariaDB's has one for geometries, too. */
export function isCharacter(type: number, isMariadb: boolean): boolean {
  return CHARACTER.has(type) || (isMariadb && type === TYPE.geometry);
}

export function isEnumOrSet(type: number): boolean {
  return type === TYPE.enum || type === TYPE.set;
}
