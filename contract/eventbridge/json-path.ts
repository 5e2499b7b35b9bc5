import { type JsonValue, query } from "jsonpath-rfc9535";
import * as parser from "jsonpath-rfc9535/parser";
import { codePointCount } from "../limits/message.ts";
import type { Refusal } from "../validation/refusal.ts";

/** Bounds that keep reading linear in the size of the event. */
export const JSON_PATH_CHARS_MAX = 512;
export const JSON_PATH_SEGMENTS_MAX = 32;
export const JSON_PATH_DESCENTS_MAX = 2;

interface Selector {
  readonly type: string;
  readonly selectors?: readonly Selector[];
}
interface Segment {
  readonly type: string;
  readonly node: Selector;
}

/** A path that was judged once. */
export interface JsonPath {
  /** One value, or for a path with wildcard, slice or `..` the list of all; undefined where the event has none. */
  read(event: unknown): unknown;
}

type Parse = (path: string) => { readonly segments: readonly Segment[] };

/** Bundled as CommonJS, as the provider is, the default export stands one level deeper. */
function defaultExport(module: unknown): Parse {
  const found = (module as { readonly default: unknown }).default;
  return (typeof found === "function" ? found : (found as { readonly default: unknown }).default) as Parse;
}

const parsed: Parse = defaultExport(parser);

/**
 * What is wrong with a JSONPath (RFC 9535), to be put behind its name; undefined when nothing is (MQ-11). Names,
 * indexes, slices, wildcards and `..` are taken. Filters (`?`) and several selectors in one pair of brackets are
 * not: no published example has them, and they can be made to run for minutes.
 */
export function jsonPathProblem(path: string): Refusal | undefined {
  const problem = readProblem(path);
  return problem === undefined ? undefined : { text: problem, rule: "MQ-11" };
}

function readProblem(path: string): string | undefined {
  const shownPath = JSON.stringify(path.slice(0, 80));
  if (codePointCount(path) > JSON_PATH_CHARS_MAX) {
    return `must be a JSONPath of at most ${JSON_PATH_CHARS_MAX} characters, got ${codePointCount(path)}`;
  }
  let segments: readonly Segment[];
  try {
    segments = parsed(path).segments;
  } catch (error) {
    const offset = (error as { location?: { start?: { offset?: number } } }).location?.start?.offset;
    const where = offset === undefined ? "" : ` (it goes wrong at character ${offset + 1})`;
    return `must be a JSONPath such as $.data.name, got ${shownPath}${where}`;
  }
  if (segments.length > JSON_PATH_SEGMENTS_MAX) {
    return `must be a JSONPath of at most ${JSON_PATH_SEGMENTS_MAX} steps, got ${segments.length}`;
  }
  const descents = segments.filter((one) => one.type === "DescendantSegment").length;
  if (descents > JSON_PATH_DESCENTS_MAX) {
    return `must be a JSONPath with at most ${JSON_PATH_DESCENTS_MAX} times .., got ${descents}`;
  }
  const selectors = segments.map((one) => one.node.selectors ?? [one.node]);
  if (selectors.some((one) => one.length > 1)) {
    return `must be a JSONPath with one selector in each pair of brackets, got ${shownPath}`;
  }
  return selectors.flat().some((one) => one.type === "FilterSelector")
    ? `must be a JSONPath without a filter (?), got ${shownPath}`
    : undefined;
}

const singular = new Set(["MemberNameShorthand", "NameSelector", "IndexSelector"]);

/** Undefined when the path is not valid: ask `jsonPathProblem` why. */
export function openJsonPath(path: string): JsonPath | undefined {
  if (jsonPathProblem(path) !== undefined) return undefined;
  const isSingular = parsed(path).segments.every(
    ({ type, node }) =>
      type === "ChildSegment" && (node.selectors ?? [node]).every((one) => singular.has(one.type)),
  );
  return {
    read(event) {
      const found = query(event as JsonValue, path);
      return isSingular ? found[0] : found;
    },
  };
}
