import { pathText } from "../../contract/limits/path.ts";
import { DEFAULT_REGION } from "../runtime/host/settings.ts";
import { collect } from "./collect.ts";
import type { Draft, Resolved } from "./draft.ts";
import { findFiles } from "./files.ts";
import type { Finding } from "./finding.ts";
import { isUnknownMember } from "./forms.ts";
import { judgeAll } from "./judge.ts";
import { SCHEMAS } from "./kinds.ts";
import { articled, MAPS, type MapName, type Mapping, NOUNS } from "./maps.ts";
import { parseFile } from "./parse.ts";
import { inOrder, type Problem } from "./problem.ts";
import { withReferences } from "./references.ts";
import type { ReadOptions, ReadResult } from "./result.ts";
import { secretProblems, withSecrets } from "./secrets.ts";
import { locate, treeOf } from "./tree.ts";

/** Reads definitions from files, folders and globs, and judges them together. Never throws for what stands in them. */
export function readDefinitions(patterns: readonly string[], options: ReadOptions): ReadResult {
  const { files, findings: ofFiles } = findFiles(patterns, options.folder);
  const findings: Finding[] = [...ofFiles];
  const drafts: Draft[] = [];
  let isWhole = ofFiles.length === 0;
  for (const file of files) {
    const { source, document, findings: ofFile } = parseFile(file);
    findings.push(...ofFile);
    isWhole &&= document !== undefined;
    if (document === undefined) continue;
    const tree = treeOf(source, document);
    const collected = collect(source, document, tree.value);
    for (const finding of told([...tree.findings, ...collected.findings])) findings.push(finding);
    drafts.push(...collected.drafts);
  }
  const unique = withoutDuplicates(drafts, (finding) => findings.push(finding));
  const resolved = resolveAll(unique, isWhole, options, (finding) => findings.push(finding));
  const byName = new Map(resolved.map((one) => [keyOf(one.draft.map, one.draft.name), one]));
  const find = (map: MapName, name: string) => byName.get(keyOf(map, name));
  for (const { draft, path, code, message, rule } of judgeAll(
    resolved,
    find,
    options.region ?? DEFAULT_REGION,
  )) {
    findings.push(findingAt(draft, path, { code, message, rule }));
  }
  return {
    definitions: resolved.map(({ draft: { map, name, owner, source, line }, inputs }) => {
      return { map, name, owner, file: source.label, line, inputs };
    }),
    problems: inOrder(findings.map(problemOf)),
    files: files.map(({ label }) => label),
  };
}

/** Of the mistakes in one file's form; those beyond mostly have the same cause. */
const FINDINGS_MAX = 10_000;

function told(findings: readonly Finding[]): readonly Finding[] {
  const [first] = findings;
  if (first === undefined || findings.length <= FINDINGS_MAX) return findings;
  const message = `has ${findings.length} mistakes in its form, of which the first ${FINDINGS_MAX} are told`;
  const { source } = first;
  return [...findings.slice(0, FINDINGS_MAX), { source, range: [0, 1], code: "TooManyValues", message }];
}

/** The first of a name stays; of each other one the place is told. */
function withoutDuplicates(drafts: readonly Draft[], refuse: (finding: Finding) => void): Draft[] {
  const first = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = keyOf(draft.map, draft.name);
    const before = first.get(key);
    if (before === undefined) first.set(key, draft);
    else {
      const where = `${before.source.label}:${before.line}`;
      const message = `${articled(NOUNS[draft.map])} ${draft.name} is defined in ${where} already: names are unique over all files`;
      refuse(findingAt(draft, [], { code: "DuplicateName", message }));
    }
  }
  const all = [...first.values()];
  return MAPS.flatMap((map) => all.filter((draft) => draft.map === map));
}

/** `isWhole` is false when a file could not be read: then nobody knows what it defines. */
function resolveAll(
  drafts: readonly Draft[],
  isWhole: boolean,
  options: ReadOptions,
  refuse: (finding: Finding) => void,
): Resolved[] {
  const byName = new Map(drafts.map((draft) => [keyOf(draft.map, draft.name), draft]));
  const known = {
    find: (map: MapName, name: string) => byName.get(keyOf(map, name)),
    names: (map: MapName) => drafts.filter((draft) => draft.map === map).map((draft) => draft.name),
  };
  return drafts.map((draft) => {
    const { map, name, source, document } = draft;
    const place = {
      source,
      document,
      root: [map, name],
      find: (one: Finding) => refuse({ ...one, definition: definitionOf(draft) }),
    };
    const open = withSecrets(draft.inputs, SCHEMAS[map], place) as Mapping;
    for (const { path, code, text } of secretProblems(open, options)) {
      refuse(findingAt(draft, path, { code, message: `${pathText(path)} ${text}` }));
    }
    const inputs = withReferences(draft, open, known, ({ code, path, text }) => {
      if (code === "UnknownReference" && !isWhole) return;
      refuse(findingAt(draft, path, { code, message: `${pathText(path)} ${text}` }));
    });
    return { draft, inputs };
  });
}

function findingAt(
  draft: Draft,
  path: readonly (string | number)[],
  what: Pick<Finding, "code" | "message"> & { readonly rule?: string | undefined },
): Finding {
  const { source, document, map, name } = draft;
  const { key, value, isWhole } = locate(document, [map, name, ...path]);
  const isKey = what.code === "InvalidInput" && isUnknownMember(SCHEMAS[map], draft.inputs, path);
  if (isKey) source.hide(value);
  const isPlain = isWhole && path.length > 0 && key[1] <= value[0] && !isKey;
  const range = isPlain && source.placeOf(key).line === source.placeOf(value).line ? value : key;
  const definition = definitionOf(draft);
  const severity = what.code === "Warning" ? "warning" : "error";
  return { source, range, definition, severity, ...what };
}

function definitionOf({ map, name }: Draft): string {
  return `${map}.${name}`;
}

function keyOf(map: MapName, name: string): string {
  return `${map} ${name}`;
}

/** A finding as it is told. */
export function problemOf({
  source,
  range,
  code,
  message,
  rule,
  severity = "error",
  definition,
}: Finding): Problem {
  const excerpt = source.excerptOf(range);
  return {
    code,
    severity,
    message,
    rule,
    file: source.label,
    ...source.placeOf(range),
    definition,
    excerpt,
  };
}
