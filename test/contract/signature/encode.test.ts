import { expect, it } from "vitest";
import { percentEncode } from "../../../contract/signature/encode.ts";

it("encodes long texts as it does short ones", () => {
  const every = Array.from({ length: 0x250 }, (_, unit) => String.fromCharCode(unit)).join("");
  for (const text of [every, "a-_.~!'()*", "\ud83d\ude00", "\ud83d lone", "lone \ude00"]) {
    const repeats = Math.ceil(1_001 / text.length);
    expect(percentEncode(text.repeat(repeats))).toBe(pieces(text).repeat(repeats));
  }
});

/** Short pieces, which go the other way. */
function pieces(text: string): string {
  return [...text].map((one) => percentEncode(one)).join("");
}
