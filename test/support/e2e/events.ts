import { isDeclaredName } from "../../../provider/schema/names.ts";

/** What a run did to one resource of the program; the stack itself and default providers are left out. */
export interface Step {
  urn: string;
  /** The logical name. */
  name: string;
  /** The whole type, for example `pulumi-nodejs:dynamic/changetracking:ConsumerGroup`. */
  type: string;
  /** `same`, `create`, `update`, `delete`, `replace`, `create-replacement`, `delete-replaced`, `read`, … */
  op: string;
  /** A refresh answers `same`, `update` or `delete` here; every other run repeats `op`. */
  outcome: string;
  failed: boolean;
  old: ResourceView | undefined;
  new: ResourceView | undefined;
  detailedDiff: Record<string, { kind: string; inputDiff?: boolean }> | undefined;
}

export interface ResourceView {
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

export interface Diagnostic {
  /** The resource it belongs to; absent for the stack as a whole. */
  urn?: string;
  name?: string;
  severity: "info" | "info#err" | "warning" | "error";
  message: string;
}

/** One refusal of a resource's inputs, by its check or, in a preview, by the program, taken apart. */
export interface CheckFailure {
  urn: string;
  name: string;
  type: string;
  property: string;
  reason: string;
}

export interface RunEvents {
  steps: Step[];
  diagnostics: Diagnostic[];
  checkFailures: CheckFailure[];
  /** Operation to number of resources, as the summary of the run says. */
  changes: Record<string, number>;
}

interface Metadata {
  op: string;
  urn: string;
  type: string;
  old: ResourceView | null;
  new: ResourceView | null;
  detailedDiff: Step["detailedDiff"] | null;
}

interface EngineEvent {
  resourcePreEvent?: { metadata: Metadata };
  resOutputsEvent?: { metadata: Metadata };
  resOpFailedEvent?: { metadata: Metadata };
  diagnosticEvent?: { urn?: string; message: string; severity: Diagnostic["severity"] | "debug" };
  summaryEvent?: { resourceChanges?: Record<string, number> };
}

/** Reads the engine's event log: one JSON document per line. */
export function readEvents(log: string): RunEvents {
  const run: RunEvents = { steps: [], diagnostics: [], checkFailures: [], changes: {} };
  for (const line of log.split("\n")) {
    if (line.trim() === "") continue;
    const event = JSON.parse(line) as EngineEvent;
    if (event.resourcePreEvent) addStep(run, event.resourcePreEvent.metadata);
    if (event.resOutputsEvent) settleStep(run, event.resOutputsEvent.metadata, false);
    if (event.resOpFailedEvent) settleStep(run, event.resOpFailedEvent.metadata, true);
    if (event.diagnosticEvent) addDiagnostic(run, event.diagnosticEvent);
    if (event.summaryEvent) run.changes = event.summaryEvent.resourceChanges ?? {};
  }
  return run;
}

export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}

function isOfTheEngine(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:");
}

function addStep(run: RunEvents, metadata: Metadata): void {
  if (isOfTheEngine(metadata.type)) return;
  const { urn, type, op } = metadata;
  const detailedDiff = metadata.detailedDiff ?? undefined;
  const views = { old: metadata.old ?? undefined, new: metadata.new ?? undefined };
  run.steps.push({ urn, name: nameOf(urn), type, op, outcome: op, failed: false, ...views, detailedDiff });
}

function settleStep(run: RunEvents, metadata: Metadata, failed: boolean): void {
  const step = run.steps.findLast(
    ({ urn, op }) => urn === metadata.urn && (op === metadata.op || op === "refresh"),
  );
  if (!step) return;
  step.outcome = metadata.op;
  step.failed = failed;
  step.new = metadata.new ?? step.new;
  step.detailedDiff = metadata.detailedDiff ?? step.detailedDiff;
}

const PROPERTY_FAILURE =
  /^(\S+) resource '([^\n]*?)': property (.*?) value (?:output<.*>)?\{.*\} has a problem: (.*)$/s;

const CHECK_FAILURE = /^(\S+) resource '([^\n]*?)' has a problem: (.*)$/s;
/** Codes of what a call has refused; a refusal of inputs ends in a rule or in nothing. */
const ENDS_IN_CODE = /\[[A-Z][A-Za-z]+\]$/;

/** What an engine's error says of refused inputs; undefined for any other error. */
function refusalOf(message: string, urn: string | undefined): Omit<CheckFailure, "urn"> | undefined {
  const [, ofType, ofName, property, why] = PROPERTY_FAILURE.exec(message) ?? [];
  if (ofType && ofName && property !== undefined && why !== undefined) {
    return { name: ofName, type: ofType, property, reason: why };
  }
  const [, type, name, reason] = CHECK_FAILURE.exec(message) ?? [];
  if (type && name && reason !== undefined) return { name, type, property: firstWord(reason), reason };
  const ownType = urn?.split("::").at(-2)?.split("$").at(-1) ?? "";
  if (!urn || !ownType.includes("changetracking:")) return undefined;
  const said = message.startsWith(`${nameOf(urn)}: `) ? message.slice(nameOf(urn).length + 2) : undefined;
  if (said === undefined || ENDS_IN_CODE.test(said)) return undefined;
  const isInput = isDeclaredName(firstName(said)) || said.includes(" is not an input here");
  return isInput ? { name: nameOf(urn), type: ownType, property: firstWord(said), reason: said } : undefined;
}

function firstName(reason: string): string {
  return /^\w*/.exec(reason)?.[0] ?? "";
}

function firstWord(reason: string): string {
  return /^\S*/.exec(reason)?.[0] ?? "";
}

function addDiagnostic(run: RunEvents, event: NonNullable<EngineEvent["diagnosticEvent"]>): void {
  const message = event.message.trimEnd();
  const { urn, severity } = event;
  // Written to the event log only, never shown, and full of what Pulumi itself does, secrets in clear included.
  if (severity === "debug") return;
  run.diagnostics.push({ urn, name: urn && nameOf(urn), severity, message });
  const refusal = severity === "error" ? refusalOf(message, urn) : undefined;
  if (refusal) run.checkFailures.push({ urn: urn ?? "", ...refusal });
}
