import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { iotGroupName } from "../../../contract/limits/iot.ts";
import { isWide, widthOf } from "../../../contract/limits/width.ts";
import { saidOf } from "../../support/refusals.ts";

/**
 * The second way of counting: ranges of code points, from the Unicode character database (Scripts.txt), where
 * the product asks the regular expression engine for scripts.
 */
const HAN = [
  [0x2e80, 0x2e99],
  [0x2e9b, 0x2ef3],
  [0x2f00, 0x2fd5],
  [0x3005, 0x3005],
  [0x3007, 0x3007],
  [0x3021, 0x3029],
  [0x3038, 0x303b],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfa6d],
  [0xfa70, 0xfad9],
  [0x16fe2, 0x16fe3],
  [0x16ff0, 0x16ff1],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b738],
  [0x2b740, 0x2b81d],
  [0x2b820, 0x2cea1],
  [0x2ceb0, 0x2ebe0],
  [0x2f800, 0x2fa1d],
  [0x30000, 0x3134a],
] as const;
const HIRAGANA = [
  [0x3041, 0x3096],
  [0x309d, 0x309f],
  [0x1b001, 0x1b11f],
  [0x1b150, 0x1b152],
  [0x1f200, 0x1f200],
] as const;
const KATAKANA = [
  [0x30a1, 0x30fa],
  [0x30fd, 0x30ff],
  [0x31f0, 0x31ff],
  [0x32d0, 0x32fe],
  [0x3300, 0x3357],
  [0x1aff0, 0x1aff3],
  [0x1aff5, 0x1affb],
  [0x1affd, 0x1affe],
  [0x1b000, 0x1b000],
  [0x1b120, 0x1b122],
  [0x1b164, 0x1b167],
] as const;
/** Half-width katakana with their sound marks, and ー. */
const MARKS = [
  [0xff66, 0xff9f],
  [0x30fc, 0x30fc],
] as const;
const WIDE: readonly (readonly [number, number])[] = [...HAN, ...HIRAGANA, ...KATAKANA, ...MARKS];

/** Blocks where later versions of Unicode have put characters, so that engines of different age differ. */
const GROWING: readonly (readonly [number, number])[] = [
  [0x16fe4, 0x16fff],
  [0x1aff0, 0x1b2ff],
  [0x2a6e0, 0x2a6ff],
  [0x2b739, 0x2b73f],
  [0x2b81e, 0x2b81f],
  [0x2cea2, 0x2ceaf],
  [0x2ebe1, 0x2f7ff],
  [0x2fa1e, 0x2ffff],
  [0x3134b, 0x3ffff],
];

const within = (code: number, ranges: readonly (readonly [number, number])[]) =>
  ranges.some(([from, to]) => code >= from && code <= to);
const counted = (text: string) =>
  Array.from(text, (character) => (within(character.codePointAt(0) ?? 0, WIDE) ? 2 : 1)).reduce<number>(
    (sum, width) => sum + width,
    0,
  );

const settled = (code: number) => within(code, WIDE) || !within(code, GROWING);
const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((code) => (code < 0xd800 || code > 0xdfff) && settled(code))
  .map((code) => String.fromCodePoint(code));
const wideCharacter = fc
  .constantFrom(...WIDE)
  .chain(([from, to]) => fc.integer({ min: from, max: to }))
  .map((code) => String.fromCodePoint(code));
const plainCharacter = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
/** Characters next to a border between narrow and wide. */
const borderCharacter = fc
  .constantFrom(...WIDE.flatMap(([from, to]) => [from - 1, from, to, to + 1]))
  .filter((code) => settled(code) && (code < 0xd800 || code > 0xdfff))
  .map((code) => String.fromCodePoint(code));
const text = (unit: fc.Arbitrary<string>, maxLength = 40) => fc.string({ unit, maxLength });

describe("width of a name, counted in two ways", () => {
  it("IOT-1: both agree on any text", () => {
    const mixed = fc.oneof(
      text(anyCharacter),
      text(fc.oneof(wideCharacter, plainCharacter, anyCharacter)),
      text(borderCharacter),
    );
    fc.assert(
      fc.property(mixed, (value) => {
        expect(widthOf(value)).toBe(counted(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it("IOT-1: both agree on every character there is", () => {
    const differing: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if ((code >= 0xd800 && code <= 0xdfff) || !settled(code)) continue;
      if (isWide(String.fromCodePoint(code)) !== within(code, WIDE)) differing.push(code.toString(16));
    }
    expect(differing).toEqual([]);
  });

  it("IOT-1 IOT-2: a name is taken exactly when its width is 4 to 30 and its characters are allowed", () => {
    const name = fc.oneof(
      text(fc.oneof(wideCharacter, plainCharacter), 34),
      text(fc.oneof({ weight: 20, arbitrary: plainCharacter }, { weight: 1, arbitrary: anyCharacter }), 34),
    );
    fc.assert(
      fc.property(name, (value) => {
        const width = counted(value);
        const allowed = Array.from(value).every(
          (one) => /^[A-Za-z0-9_]$/.test(one) || within(one.codePointAt(0) ?? 0, WIDE),
        );
        const result = iotGroupName.safeParse(value);
        expect(result.success).toBe(width >= 4 && width <= 30 && allowed);
        const messages = saidOf(iotGroupName, value);
        expect(messages.some((message) => message.endsWith(`is ${width} wide [IOT-1]`))).toBe(
          width < 4 || width > 30,
        );
        expect(messages.some((message) => message.endsWith("[IOT-2]"))).toBe(!allowed);
      }),
      { numRuns: 2_000 },
    );
  });
});
