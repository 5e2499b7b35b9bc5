import type { KindName } from "../identity.ts";
import type { Properties } from "../runtime/resource.ts";
import { type Change, changesOf } from "./changes.ts";
import { type InputChange, inputChanges, isOverlapping } from "./input-changes.ts";
import { messagesOf } from "./messages.ts";
import { DEFAULT_OWNER_TAG, type OwnerOf, ownersOf } from "./owners.ts";
import { kindOf, type Preview } from "./preview.ts";
import { stackName } from "./review.ts";
import { withoutSecretsOf } from "./without-secrets.ts";

/*
 * `pulumi preview --refresh --json` shows three things of a resource: the state as it was (the step `refresh`), what the
 * service has now (the old state of the step after it), and what the program says (its new state). What differs between
 * the first two was changed by hand; what differs between the last two only waits for an update. The step `refresh`
 * itself repeats the old state and does not tell what was found.
 */

/** What differs from the program because somebody changed it past the program. */
export interface Drift {
  readonly stack: string;
  readonly summary: { readonly changed: number; readonly deleted: number; readonly waiting: number };
  readonly changed: readonly DriftedResource[];
  /** Not there any more; an update would make it again. */
  readonly deleted: readonly DriftedResource[];
  /** Not by hand: the program says something that no update has brought about yet. */
  readonly waiting: readonly DriftedResource[];
  readonly failures: readonly string[];
}

export interface DriftedResource {
  readonly kind: KindName;
  readonly name: string;
  readonly id: string | undefined;
  readonly owner: string | undefined;
  /** What an update would do about it. */
  readonly op: Change["op"];
  /** `before` is what the service has, `after` is what the program says. */
  readonly inputs: readonly InputChange[];
}

export interface DriftOptions {
  readonly ownerTag?: string | undefined;
  readonly ownerOf?: OwnerOf | undefined;
}

/** Reads the JSON of a preview that has refreshed. */
export function driftOf(preview: Preview, options: DriftOptions = {}): Drift {
  const { ownerTag = DEFAULT_OWNER_TAG, ownerOf } = options;
  const refreshed = preview.steps.filter(({ op }) => op === "refresh");
  const before = new Map(refreshed.map(({ urn, oldState }) => [urn, oldState]));
  const changes = changesOf(preview.steps.filter(({ op }) => op !== "refresh"));
  const owners = ownersOf(changes, ownerTag, ownerOf);
  const found: Record<"changed" | "deleted" | "waiting", DriftedResource[]> = {
    changed: [],
    deleted: [],
    waiting: [],
  };
  for (const change of changes) {
    const was = before.get(change.urn);
    const { kind, name, op, id, inputs } = change;
    const resource = { kind, name, op, id: id ?? was?.id, owner: owners.get(change.urn), inputs };
    if (op === "create" && was) found.deleted.push({ ...resource, inputs: [] });
    else {
      const byHand = was ? handMade(was.inputs ?? {}, change) : [];
      const rest = inputs.filter((one) => !byHand.includes(one));
      if (byHand.length > 0) found.changed.push({ ...resource, inputs: byHand });
      if (byHand.length === 0 || rest.length > 0) found.waiting.push({ ...resource, inputs: rest });
    }
  }
  const { refusals, failures } = messagesOf(preview.diagnostics);
  const { changed, deleted, waiting } = found;
  return withoutSecretsOf(preview, {
    stack: stackName(preview),
    summary: { changed: changed.length, deleted: deleted.length, waiting: waiting.length },
    ...found,
    failures: [...failures, ...refusals].map(({ name, text }) => (name ? `${name}: ${text}` : text)),
  });
}

/** 1 when something was changed by hand, 2 when the look did not come to its end, else 0. */
export function driftExitCodeOf({ summary, failures }: Drift): 0 | 1 | 2 {
  if (failures.length > 0) return 2;
  return summary.changed + summary.deleted > 0 ? 1 : 0;
}

/** Whether the preview has looked at the service at all. */
export function isRefreshed({ steps }: Preview): boolean {
  const hasOwn = steps.some(({ urn }) => kindOf(urn) !== undefined);
  return !hasOwn || steps.some(({ op }) => op === "refresh");
}

/** Those of an update's inputs that the service has otherwise than the state remembers. */
function handMade(was: Properties, change: Change): InputChange[] {
  const touched = inputChanges(was, change.old?.inputs ?? {});
  return change.inputs.filter(({ path }) => touched.some((one) => isOverlapping(one.path, path)));
}
