import { type Document, Lexer, parseDocument } from "yaml";
import { NESTING_MAX } from "../../contract/limits/shape.ts";
import { bytesOf } from "./file-bytes.ts";
import type { FoundFile } from "./files.ts";
import type { Finding } from "./finding.ts";
import type { ProblemCode } from "./problem.ts";
import { type Range, Source } from "./source.ts";

/** Of the mistakes that a parser finds in one file the later ones mostly follow from the first. */
const SYNTAX_PROBLEMS_MAX = 3;

/** A file that could be taken apart; `findings` are what is wrong with its YAML. */
export interface ParsedFile {
  readonly source: Source;
  /** Undefined where nothing in the file can be relied on. */
  readonly document: Document.Parsed | undefined;
  readonly findings: readonly Finding[];
}

/** Reads a file and takes it apart as YAML 1.2, core schema. Never throws. */
export function parseFile(file: FoundFile): ParsedFile {
  const read = readText(file);
  if ("problem" in read) {
    const source = new Source(file.label, read.text ?? "");
    const { code, message, at = 0 } = read.problem;
    return broken(source, [at, at + 1], code, message);
  }
  return parseText(file.label, read.text);
}

/** The same of a text, as if it stood in a file. */
export function parseText(label: string, text: string): ParsedFile {
  const source = new Source(label, text);
  const tooDeep = flowDepthExceededAt(text);
  if (tooDeep !== undefined) return broken(source, [tooDeep, tooDeep + 1], "TooDeep", TOO_DEEP);
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    strict: true,
    prettyErrors: false,
    // Compares every key with every other one; the tree is looked through for them anyway.
    uniqueKeys: false,
    // "silent" would also keep it from telling of a second document.
    logLevel: "error",
  });
  const [first] = document.errors;
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== "1.2") {
    const message = "asks for another version: definitions are read as YAML 1.2; leave out the line %YAML";
    return broken(source, [0, 1], "InvalidYaml", message);
  }
  if (first === undefined) return { source, document, findings: [] };
  return { source, document: undefined, findings: syntaxFindings(source, document) };
}

const TOO_DEEP = `is nested deeper than ${NESTING_MAX} levels`;

function broken(source: Source, range: Range, code: ProblemCode, message: string): ParsedFile {
  return { source, document: undefined, findings: [{ source, range, code, message }] };
}

interface Unreadable {
  readonly text?: string;
  readonly problem: { readonly code: ProblemCode; readonly message: string; readonly at?: number };
}

function readText({ path }: FoundFile): { readonly text: string } | Unreadable {
  const bytes = bytesOf(path);
  if ("code" in bytes) return { problem: bytes };
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return refusal("NotText", "is UTF-16 text; save it as UTF-8");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refusal("NotText", "is not UTF-8 text; save it as UTF-8");
  }
  const nul = text.indexOf("\0");
  if (nul < 0) return { text };
  return { text, problem: { code: "NotText", message: "holds a NUL character", at: nul } };
}

function refusal(code: ProblemCode, message: string): Unreadable {
  return { problem: { code, message } };
}

/**
 * Where flow collections are nested deeper than any definition is; undefined where they are not. The parser finds it
 * only when its stack is exhausted, which takes it seconds.
 */
function flowDepthExceededAt(text: string): number | undefined {
  if ((text.match(/[[{]/g)?.length ?? 0) <= NESTING_MAX) return undefined;
  let [depth, at] = [0, 0];
  for (const token of new Lexer().lex(text)) {
    if (token === "[" || token === "{") depth += 1;
    else if (token === "]" || token === "}") depth -= 1;
    if (depth > NESTING_MAX) return at;
    if (!LEXER_MARKS.includes(token)) at += token.length;
  }
  return undefined;
}

/** Tokens of the lexer's own, which are no part of the text. */
const LEXER_MARKS = ["\u0002", "\u0018", "\u001f", "\ufeff"];

function syntaxFindings(source: Source, { errors }: Document.Parsed): Finding[] {
  const lines = new Set<number>();
  return errors
    .filter(({ pos: [at] }) => {
      const { line } = source.placeOf([at, at + 1]);
      return !lines.has(line) && lines.add(line);
    })
    .slice(0, SYNTAX_PROBLEMS_MAX)
    .map(({ code, pos: [from, to] }) => ({
      source,
      range: [from, to] as const,
      code:
        code === "MULTIPLE_DOCS"
          ? "SeveralDocuments"
          : code === "RESOURCE_EXHAUSTION"
            ? "TooDeep"
            : "InvalidYaml",
      message: SYNTAX[code] ?? "is not valid YAML",
    }));
}

/** The parser's own texts repeat what stands there, which may be a secret. */
const SYNTAX: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: "begins a second document: put it into a file of its own",
  RESOURCE_EXHAUSTION: TOO_DEEP,
  TAB_AS_INDENT: "is indented with a tab: YAML takes spaces only",
  BAD_INDENT: "is not indented as what it belongs to",
  MISSING_CHAR:
    "is not closed, or lacks a colon or a comma: a quote, a bracket or the `:` behind a key is missing",
  BLOCK_AS_IMPLICIT_KEY:
    "holds a second `: ` on the line: put the value into quotes, or what it maps onto lines of its own",
  BLOCK_IN_FLOW: "begins a block inside of brackets",
  BAD_SCALAR_START: "begins with a character that YAML keeps for itself: put the value into quotes",
  BAD_DQ_ESCAPE: 'holds a backslash that YAML does not know inside of "": write \\\\, or use single quotes',
  MULTILINE_IMPLICIT_KEY: "is a key over several lines: a `:` or a quote is missing",
  UNEXPECTED_TOKEN: "stands where YAML expects nothing: look at the indentation and the line before",
  BAD_ALIAS: "is no valid alias: put a text that begins with * or & into quotes",
  ALIAS_PROPS: "is an alias with an anchor or a tag of its own",
  MULTIPLE_ANCHORS: "has two anchors",
  MULTIPLE_TAGS: "has two tags",
  BAD_DIRECTIVE: "is no directive that YAML 1.2 knows",
  KEY_OVER_1024_CHARS: "is a key of more than 1024 characters",
};
