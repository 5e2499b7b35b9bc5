import { isWithin } from "../../contract/limits/path.ts";
import type { KindName } from "../identity.ts";
import type { Properties } from "../runtime/resource.ts";
import { type InputChange, inputChanges, inputsShown } from "./input-changes.ts";
import { isOfTheEngine, kindOf, nameOf, type PreviewStep, type ResourceState, typeOf } from "./preview.ts";

export type ChangeOp = "create" | "update" | "replace" | "delete";

/** What a run would do to one resource of this package. */
export interface Change {
  readonly op: ChangeOp;
  readonly urn: string;
  readonly kind: KindName;
  /** The logical name. */
  readonly name: string;
  /** Of what is there already. */
  readonly id: string | undefined;
  /** Taken into the state as it is, not made. */
  readonly isImport: boolean;
  /** Leaves the state, and the thing stays at the service. */
  readonly isKept: boolean;
  readonly inputs: readonly InputChange[];
  /** The inputs for which it is replaced. */
  readonly replacedFor: readonly string[];
  readonly old: ResourceState | undefined;
  readonly now: ResourceState | undefined;
}

/** What a run would do to a resource of another package: its values are nobody's business here. */
export interface OtherChange {
  readonly op: string;
  readonly type: string;
  readonly name: string;
}

const OPS: Readonly<Record<string, ChangeOp>> = {
  create: "create",
  import: "create",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  delete: "delete",
  // What an earlier replacement has left behind.
  "delete-replaced": "delete",
};

const NOTHING_DONE = ["same", "read", "refresh", "discard", "read-replacement", "discard-replaced"];

/** In order of the steps. A replacement that the CLI shows in its parts is one change. */
export function changesOf(steps: readonly PreviewStep[]): Change[] {
  const byUrn = new Map<string, Change>();
  for (const step of steps) {
    const change = changeOf(step);
    if (change === undefined) continue;
    const before = byUrn.get(step.urn);
    byUrn.set(step.urn, before === undefined ? change : joined(before, change));
  }
  return [...byUrn.values()];
}

export function otherChangesOf(steps: readonly PreviewStep[]): OtherChange[] {
  return steps
    .filter(({ op, urn }) => !NOTHING_DONE.includes(op) && kindOf(urn) === undefined && !isOfTheEngine(urn))
    .map(({ op, urn }) => ({ op, type: typeOf(urn), name: nameOf(urn) }));
}

/** Whether it is made only where it does not exist yet, which no preview looks for. */
export function mayTakeOver({ op, isImport, now }: Pick<Change, "op" | "isImport" | "now">): boolean {
  return (op === "create" || op === "replace") && !isImport && now?.inputs?.adoptExisting === true;
}

/** Outputs repeat the inputs and say what was observed; an older CLI may keep them back. */
export function oldProperties({ old }: Pick<Change, "old">): Properties {
  return { ...old?.inputs, ...old?.outputs };
}

function changeOf(step: PreviewStep): Change | undefined {
  const [kind, op] = [kindOf(step.urn), Object.hasOwn(OPS, step.op) ? OPS[step.op] : undefined];
  if (kind === undefined || op === undefined) return undefined;
  const [old, now] = [step.oldState ?? undefined, step.newState ?? undefined];
  return {
    op,
    urn: step.urn,
    kind,
    name: nameOf(step.urn),
    id: old?.id ?? (step.op.startsWith("import") ? now?.id : undefined),
    isImport: step.op.startsWith("import"),
    isKept: (op === "delete" || op === "replace") && old?.retainOnDelete === true,
    inputs: inputsOf(op, step),
    replacedFor: step.replaceReasons ?? [],
    old,
    now,
  };
}

function inputsOf(op: ChangeOp, step: PreviewStep): InputChange[] {
  const [before, after] = [step.oldState?.inputs ?? {}, step.newState?.inputs ?? {}];
  if (op === "delete") return [];
  if (op === "create" || step.oldState == null) return inputsShown(after);
  return inputChanges(before, after, toldBy(step));
}

/** The paths that the engine calls changed. Its reasons name whole inputs, so they count where no detail says more. */
function toldBy({ detailedDiff, diffReasons }: PreviewStep): string[] {
  const details = Object.keys(detailedDiff ?? {});
  const reasons = (diffReasons ?? []).filter((reason) => !details.some((one) => isWithin(one, reason)));
  return [...details, ...reasons];
}

/** Two steps of one resource: the new one made and the old one deleted, or the same once more. */
function joined(a: Change, b: Change): Change {
  const [made, gone] = a.op === "delete" ? [b, a] : [a, b];
  const isWhole = made.op === "delete" || (made.op === "replace" && made.old !== undefined);
  if (isWhole || gone.op !== "delete") return isWhole ? made : gone;
  const { id, old, isKept } = gone;
  return { ...made, op: "replace", id, old, isKept };
}
