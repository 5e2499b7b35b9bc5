import { refuse, stringOf } from "./text.ts";

const TOKEN_CHARS_MAX = 64;
const TOKEN = new RegExp(`^[\\x20-\\x7e]{1,${TOKEN_CHARS_MAX}}$`);

/** `ClientToken`: 1 to 64 ASCII characters; what makes a repeated call do its work once. */
export const clientToken = stringOf("a string").superRefine((value, ctx) => {
  if (TOKEN.test(value)) return;
  refuse(ctx, `must be 1 to ${TOKEN_CHARS_MAX} ASCII characters`);
});
