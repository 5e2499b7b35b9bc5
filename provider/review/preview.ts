import { z } from "zod";
import { findMisshapen } from "../../contract/limits/shape.ts";
import type { KindName } from "../identity.ts";
import { isKindName } from "../runtime/host/kinds.ts";
import { ReviewError } from "./review-error.ts";

/*
 * What `pulumi preview --json` writes, as far as it is read here. Everything else of it is let through unseen, so that a
 * newer CLI with more to say is understood.
 */

/** What the CLI writes in place of a secret. */
export const MASKED = "[secret]";

const properties = z.record(z.string(), z.unknown());

const resourceState = z.object({
  type: z.string().optional(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  parent: z.string().optional(),
  external: z.boolean().optional(),
  retainOnDelete: z.boolean().optional(),
  /** By input: the URNs that it hangs on. */
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
});

const previewStep = z.object({
  op: z.string(),
  urn: z.string(),
  oldState: resourceState.nullish(),
  newState: resourceState.nullish(),
  diffReasons: z.array(z.string()).nullish(),
  replaceReasons: z.array(z.string()).nullish(),
  detailedDiff: properties.nullish(),
});

const preview = z.object({
  config: z.record(z.string(), z.string()).nullish(),
  steps: z.array(previewStep).nullish(),
  diagnostics: z
    .array(z.object({ urn: z.string().optional(), message: z.string(), severity: z.string().optional() }))
    .nullish(),
});

export type ResourceState = z.output<typeof resourceState>;
export type PreviewStep = z.output<typeof previewStep>;
export type PreviewDiagnostic = NonNullable<z.output<typeof preview>["diagnostics"]>[number];

export interface Preview {
  /** The stack's configuration by full key; a secret's value is `[secret]`. */
  readonly config: Readonly<Record<string, string>>;
  readonly steps: readonly PreviewStep[];
  readonly diagnostics: readonly PreviewDiagnostic[];
}

/** Throws ReviewError `InvalidPreview` for anything that `pulumi preview --json` does not write. */
export function readPreview(text: string): Preview {
  const parsed = preview.safeParse(parsedJson(text));
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: "" };
    throw invalid(`${path.join(".") || "the whole"}: ${message}`);
  }
  const { config, steps, diagnostics } = parsed.data;
  if (!steps && !diagnostics) throw invalid("it has neither steps nor diagnostics");
  for (const [at, { urn, oldState, newState }] of (steps ?? []).entries()) {
    // Of other packages no value is looked at.
    const found = kindOf(urn) === undefined ? undefined : findMisshapen([oldState, newState]);
    if (found !== undefined) throw invalid(`steps.${at}: a value of it ${found.text}`);
  }
  return { config: config ?? {}, steps: steps ?? [], diagnostics: diagnostics ?? [] };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const isEmpty = text.trim() === "";
    throw invalid(isEmpty ? "it is empty" : "it is no JSON text", { cause });
  }
}

function invalid(what: string, options: ErrorOptions = {}): ReviewError {
  return new ReviewError(
    "InvalidPreview",
    `this is not what \`pulumi preview --json\` writes: ${what}. Give its standard output alone, whole, and of a run ` +
      "without PULUMI_ENABLE_STREAMING_JSON_PREVIEW",
    options,
  );
}

const OWN_TYPE = /^pulumi-nodejs:dynamic\/changetracking:(\w+)$/;

/** The kind of a resource of this package; undefined for any other, also for one of a newer version that is not known. */
export function kindOf(urn: string): KindName | undefined {
  const kind = OWN_TYPE.exec(typeOf(urn))?.[1];
  return kind !== undefined && isKindName(kind) ? kind : undefined;
}

/** The resource's own type, without those of its parents. */
export function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

/** The logical name, which may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

/** The stack's name; empty where the text is no URN. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:(.*?)::/.exec(urn)?.[1] ?? "";
}

/** What the engine makes for itself. */
export function isOfTheEngine(urn: string): boolean {
  const type = typeOf(urn);
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
}
