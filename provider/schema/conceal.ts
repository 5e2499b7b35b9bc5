import { isWithin, type Path, pathText, valueAt } from "../../contract/limits/path.ts";

/** A refusal's text and the property that it is about. */
interface FieldRefusal {
  readonly property: string;
  readonly reason: string;
}

/** Shorter pieces of a secret stand in too many sentences to be looked for. */
const PIECE_CHARS_MIN = 6;
/** Shorter secrets are only found as words of their own. */
const LEAF_CHARS_MIN = 4;
/** What of a value a message repeats at most, see `shown`. */
const SHOWN_CHARS_MAX = 80;

/**
 * Takes what the program has marked as secret out of a refusal. A refusal of the secret itself keeps its limit and
 * loses the value given; names inside a secret that no schema knows are part of the secret; and a text that repeats
 * it in any other way is replaced.
 */
export function concealSecrets<R extends FieldRefusal>(
  refusal: R,
  value: unknown,
  secretPaths: readonly Path[],
  isDeclared: (name: string) => boolean,
): R {
  if (secretPaths.length === 0) return refusal;
  const around = secretPaths.find((path) => isWithin(refusal.property, pathText(path)));
  const pieces = secretPaths.flatMap((path) => leavesOf(valueAt(value, path), isDeclared));
  if (around === undefined) {
    return repeats(refusal.reason, pieces) ? { ...refusal, reason: withheld(refusal) } : refusal;
  }
  const property = publicPath(refusal.property, pathText(around), isDeclared);
  const rest = refusal.reason.startsWith(refusal.property)
    ? refusal.reason.slice(refusal.property.length)
    : ` ${refusal.reason}`;
  // What is said of an unknown name tells nothing of its value.
  const isNameOnly = property === pathText(around) && rest.startsWith(" is not an input here");
  const limit = isNameOnly ? rest : rest.replace(/(, got |; ).*$/s, "");
  const text = `${property}${limit}`;
  return {
    ...refusal,
    property,
    reason: repeats(limit, pieces) ? withheld({ ...refusal, property }) : text,
  };
}

/** The text with every secret in it taken out, for what is no refusal: a warning. */
export function maskSecrets(text: string, value: unknown, secretPaths: readonly Path[]): string {
  const leaves = secretPaths.flatMap((path) => leavesOf(valueAt(value, path), () => false));
  const found = leaves.filter((leaf) => leaf.length >= LEAF_CHARS_MIN).sort((a, b) => b.length - a.length);
  return found.reduce((shorter, leaf) => shorter.replaceAll(leaf, "[secret]"), text);
}

function withheld({ property }: FieldRefusal): string {
  return `${property} is refused, and the reason would show a secret`;
}

/** A path below a secret with the names that are its own left out. */
function publicPath(property: string, root: string, isDeclared: (name: string) => boolean): string {
  const below = property.slice(root.length).replaceAll(/\.([^.[]*)/g, (part, name: string) => {
    return isDeclared(name) ? part : ".*";
  });
  // A name may hold dots and brackets of its own, so only a path of known forms is kept.
  return /^(\.[A-Za-z*]+|\[\d+\])*$/.test(below) ? `${root}${below}` : root;
}

/** Every text and number at any depth, and the names that no schema knows. */
function leavesOf(value: unknown, isDeclared: (name: string) => boolean): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, isDeclared));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(isDeclared(key) ? [] : [key]),
    ...leavesOf(one, isDeclared),
  ]);
}

function repeats(text: string, leaves: readonly string[]): boolean {
  return leaves.some((leaf) => {
    const start = [...leaf].slice(0, SHOWN_CHARS_MAX).join("");
    const forms = [start, JSON.stringify(start).slice(1, -1)].filter((form) => form !== "");
    if (forms.some((form) => form.length >= LEAF_CHARS_MIN && text.includes(form))) return true;
    if (forms.some((form) => form.length < LEAF_CHARS_MIN && hasWord(text, form))) return true;
    const pieces = leaf.split(/[^A-Za-z0-9_-]+/).filter((piece) => piece.length >= PIECE_CHARS_MIN);
    return pieces.some((piece) => text.includes(piece));
  });
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9_])${escaped}(?![A-Za-z0-9_])`).test(text);
}
