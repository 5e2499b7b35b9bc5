/**
 * Chinese and Japanese characters: the scripts Han (々 is one of them), Hiragana and Katakana, also outside the
 * basic plane, with the prolonged sound mark ー. Half-width katakana are katakana, so their own sound marks
 * (U+FF70, U+FF9E, U+FF9F), which Unicode gives to no script, count among them.
 */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ー\uFF70\uFF9E\uFF9F]/u;

/** True for one character that counts 2. */
export function isWide(character: string): boolean {
  return WIDE.test(character);
}

/** Width of a text: 2 for each Chinese or Japanese character, 1 for any other. Characters are code points. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += isWide(character) ? 2 : 1;
  return width;
}

/** A character as a message names it, also one that cannot be seen: `"-" (U+002D)`. */
export function namedCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `${JSON.stringify(character)} (U+${code})`;
}
