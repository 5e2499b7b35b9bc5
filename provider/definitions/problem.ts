/** Stable codes of what can be wrong with definitions, and what each means. */
export const PROBLEMS = {
  NoFiles: "No file is there, or none matches the pattern.",
  NotReadable: "The file cannot be read.",
  OutsideFolder: "A symbolic link leads out of the folder of the definitions.",
  TooLarge: "The file, or the number of files, is beyond the bound.",
  NotText: "The file is not UTF-8 text.",
  InvalidYaml: "The file is not valid YAML 1.2.",
  SeveralDocuments: "The file holds more than one YAML document.",
  DuplicateKey: "A mapping has a key twice.",
  MergeKey: "Merge keys (<<) are not read.",
  CustomTag: "YAML tags other than those of the core schema are not read.",
  UnknownAlias: "An alias has no anchor before it.",
  TooDeep: "Values are nested too deep, or an alias holds itself.",
  TooManyValues: "The file, with its aliases expanded, holds too many values.",
  NameNotText: "A key is no text.",
  NotAMapping: "Something else stands where a mapping must be.",
  UnknownKey: "A key that definitions do not have.",
  InvalidOwner: "The owner is no text.",
  InvalidName: "A definition has a name that no resource can have.",
  DuplicateName: "Two definitions of one kind have the same name.",
  InvalidInput: "An input breaks a limit or is not an input.",
  LiteralSecret: "A secret stands in the file in clear.",
  InvalidSecret: "A secret is not taken from the configuration or the environment as it must be.",
  ForbiddenSecret: "A definition names a secret that is not for definitions.",
  MissingSecret: "The configuration or the environment has no such secret.",
  UnknownReference: "No file defines what a definition refers to.",
  InvalidReference: "A reference is not of the form, or leads to something that does not fit.",
  Conflict: "Two definitions cannot be together.",
  TooManyGroups: "An instance has more consumer groups than it can have.",
  Warning: "Something works, though not everywhere or not as it reads.",
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** One thing that is wrong with the definitions. Nothing in it repeats a secret. */
export interface Problem {
  readonly code: ProblemCode;
  /** A warning keeps nothing from being made. */
  readonly severity: "error" | "warning";
  /** What is wrong and what to do, without the rule. */
  readonly message: string;
  /** Id of the documented limit, for example `DTS-4`. */
  readonly rule?: string | undefined;
  /** Path of the file from the folder, with slashes; the pattern where there is no file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** Where it ends on the same line, exclusive. */
  readonly endColumn: number;
  /** Which definition, as `groups.billing`; undefined for the file as a whole. */
  readonly definition?: string | undefined;
  /** The line as it stands, with secrets taken out; undefined where there is no such line. */
  readonly excerpt?: Excerpt | undefined;
}

/** A line of a file, perhaps cut, and what of it is meant. */
export interface Excerpt {
  readonly text: string;
  /** From 0, in UTF-16 units of `text`. */
  readonly start: number;
  /** At least 1. */
  readonly length: number;
}

/** By file, then by place. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || a.column - b.column);
}

/** Always the same order, whatever the machine's language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
