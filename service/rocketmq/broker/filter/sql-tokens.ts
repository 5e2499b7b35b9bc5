export type SqlToken =
  | { readonly kind: "word" | "name" | "string" | "sign"; readonly text: string; readonly at: number }
  | { readonly kind: "number"; readonly text: string; readonly at: number; readonly value: number };

/** Written in any case; never names of properties. */
const words: readonly string[] = [
  "AND",
  "OR",
  "NOT",
  "IN",
  "IS",
  "NULL",
  "BETWEEN",
  "TRUE",
  "FALSE",
  "CONTAINS",
  "STARTSWITH",
  "ENDSWITH",
];

const TOKEN =
  /\s*(?:([A-Za-z_$][\w$]*)|(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|'((?:[^']|'')*)'|(<>|!=|<=|>=|[=<>(),+-]))/y;

/** Throws an Error that says where the text is none. */
export function sqlTokens(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  TOKEN.lastIndex = 0;
  for (let at = 0; text.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`cannot be read at character ${at + 1}`);
    tokens.push(tokenOf(found, at));
  }
  return tokens;
}

function tokenOf([, name, number, string, sign = ""]: RegExpExecArray, at: number): SqlToken {
  if (name !== undefined) {
    const isWord = words.includes(name.toUpperCase());
    return { kind: isWord ? "word" : "name", text: isWord ? name.toUpperCase() : name, at };
  }
  if (number !== undefined) return { kind: "number", text: number, at, value: Number(number) };
  if (string !== undefined) return { kind: "string", text: string.replaceAll("''", "'"), at };
  return { kind: "sign", text: sign, at };
}
