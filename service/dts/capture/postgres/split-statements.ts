const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/y;
const ESCAPED = /[eE]'(?:[^'\\]|''|\\[\s\S])*'/y;
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const LINE_COMMENT = /--[^\n]*/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
/** The body of such a function holds semicolons that end nothing; the text stays whole then. */
const ATOMIC = /\bBEGIN\s+ATOMIC\b/i;

/** The statements of a text, without the semicolons that separate them; quotes and comments are seen through. */
export function splitStatements(text: string): string[] {
  if (ATOMIC.test(text)) return [text.trim()];
  const statements: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] === ";") {
      statements.push(text.slice(from, at));
      from = at + 1;
      at += 1;
    } else at = behindToken(text, at);
  }
  statements.push(text.slice(from));
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== "");
}

/** Behind the quoted text, comment, word or character that begins at `at`. */
function behindToken(text: string, at: number): number {
  const dollar = match(DOLLAR, text, at);
  if (dollar) {
    const end = text.indexOf(dollar, at + dollar.length);
    return end < 0 ? text.length : end + dollar.length;
  }
  if (text.startsWith("/*", at)) return behindComment(text, at);
  const token =
    match(ESCAPED, text, at) ??
    match(QUOTED, text, at) ??
    match(LINE_COMMENT, text, at) ??
    match(WORD, text, at);
  return at + (token?.length ?? 1);
}

/** Comments nest. */
function behindComment(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    if (text.startsWith("/*", at)) depth += 1;
    else if (text.startsWith("*/", at)) depth -= 1;
    else {
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) return at;
  }
  return at;
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
