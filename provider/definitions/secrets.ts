import type { Document } from "yaml";
import type { z } from "zod";
import { pathText } from "../../contract/limits/path.ts";
import { isSecretName } from "../../contract/secrets/index.ts";
import { hideAnchored } from "./anchors.ts";
import type { Finding } from "./finding.ts";
import { formsOf, schemasAt } from "./forms.ts";
import { isMapping } from "./maps.ts";
import { Refused, SecretReference } from "./markers.ts";
import type { ReadOptions } from "./result.ts";
import { forbiddenText } from "./secret-sources.ts";
import type { Source } from "./source.ts";
import { locate } from "./tree.ts";

/** Nothing that a shell or a log gives a meaning to: messages show commands with the key, which people copy. */
export const CONFIG_KEY = /^[\p{L}\p{N}_][\p{L}\p{N}_./-]{0,127}(:[\p{L}\p{N}_][\p{L}\p{N}_./-]{0,127})?$/u;
export const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

type Path = readonly (string | number)[];

/** Where a value stands whose secrets are looked for, and who is told. */
interface Place {
  readonly source: Source;
  readonly document: Document.Parsed;
  /** Path of the value in its file. */
  readonly root: Path;
  readonly find: (finding: Finding) => void;
}

/**
 * The value with a marker in place of every secret. A literal is refused wherever a name says that it is a secret: in
 * inputs, and in keys that no schema knows, which may be misspelt. Names that people choose (of databases, tags, columns)
 * say nothing. Without a schema every key is an unknown one.
 */
export function withSecrets(value: unknown, schema: z.ZodType | undefined, place: Place): unknown {
  return walk(value, schema === undefined ? [] : [schema], [], place);
}

function walk(value: unknown, schemas: readonly z.core.$ZodType[], path: Path, place: Place): unknown {
  const forms = schemas.flatMap((schema) => formsOf(schema, value));
  if (Array.isArray(value)) {
    const items = forms.flatMap(({ item }) => item ?? []);
    return value.map((one, at) => walk(one, items, [...path, at], place));
  }
  if (!isMapping(value)) return value;
  const isFree = forms.some((form) => form.values !== undefined);
  const members = Object.entries(value).map(([key, member]) => {
    const at = [...path, key];
    const known = schemasAt(forms, key);
    // A pattern of events, say: nothing in it is an input.
    if (isFree && known.some((one) => one._zod.def.type === "unknown")) return [key, member];
    const isSecret = !isFree && isSecretName(key) && member !== null;
    return [key, isSecret ? secret(member, at, known.length > 0, place) : walk(member, known, at, place)];
  });
  return Object.fromEntries(members);
}

function secret(
  value: unknown,
  path: Path,
  isInput: boolean,
  { source, document, root, find }: Place,
): unknown {
  const form = formOf(value);
  if (form instanceof SecretReference) return form;
  const located = locate(document, [...root, ...path]);
  source.hide(located.value);
  // What an alias brings is as secret where its anchor stands.
  if (located.alias !== undefined) hideAnchored(source, document, located.alias);
  const literal = { code: "LiteralSecret", text: isInput ? LITERAL_INPUT : LITERAL_ELSEWHERE } as const;
  const { code, text } = form === undefined ? literal : ({ code: "InvalidSecret", text: form } as const);
  find({ source, range: located.key, code, message: `${pathText(path)} ${text}` });
  return new Refused();
}

const LITERAL_INPUT =
  "must not stand in the file in clear: write { config: KEY } for a secret of the stack's configuration, or { env: NAME } " +
  "for a variable of the environment, and change the secret where it is in use";
const LITERAL_ELSEWHERE =
  "must not stand in the file in clear: take it out, and change the secret where it is in use";

const FORM = "must be { config: KEY } or { env: NAME }, in small letters";

/** Undefined for a literal; a text says what is wrong with a form that is meant to be none. */
function formOf(value: unknown): SecretReference | string | undefined {
  if (!isMapping(value)) return undefined;
  const keys = Object.keys(value);
  const from = (["config", "env"] as const).find((one) => keys.includes(one));
  if (from === undefined) return keys.some((one) => /^(config|env)$/i.test(one)) ? FORM : undefined;
  if (keys.length > 1) return "must have either config or env, and nothing else";
  const name = value[from];
  const isName = typeof name === "string" && (from === "config" ? CONFIG_KEY : VARIABLE).test(name);
  if (isName) return new SecretReference(from, name);
  return from === "config"
    ? "must name a key of the configuration, as { config: groupPassword } or { config: project:groupPassword }"
    : "must name a variable of the environment, as { env: CHANGE_TRACKING_SECRET_GROUP }";
}

interface SecretProblem {
  readonly path: Path;
  readonly code: "ForbiddenSecret" | "MissingSecret";
  readonly text: string;
}

/**
 * What is wrong with the secrets that resolved inputs take: those that no definition may name, and of the others those
 * that are not there. Of a forbidden one nobody learns whether it is there.
 */
export function* secretProblems(
  value: unknown,
  { secretSources, secrets: isThere }: Pick<ReadOptions, "secretSources" | "secrets">,
  path: Path = [],
): Generator<SecretProblem> {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof SecretReference) {
    const forbidden = forbiddenText(value, secretSources);
    if (forbidden !== undefined) yield { path, code: "ForbiddenSecret", text: forbidden };
    else if (isThere?.(value) === false) yield { path, code: "MissingSecret", text: missingText(value) };
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    const at = Array.isArray(value) ? Number(key) : key;
    yield* secretProblems(member, { secretSources, secrets: isThere }, [...path, at]);
  }
}

function missingText({ from, name }: SecretReference): string {
  return from === "env"
    ? `takes its value from the variable ${name}, which is not set`
    : `takes its value from ${name} of the stack's configuration, which is not set: pulumi config set --secret ${name}`;
}
