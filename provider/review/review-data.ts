import type { KindName } from "../identity.ts";
import type { Capacity } from "./capacity.ts";
import type { ChangeOp, OtherChange } from "./changes.ts";
import type { InputChange } from "./input-changes.ts";
import type { Position } from "./outcome.ts";

/** What a pull request would do, as data: the Markdown says the same. No secret is in it. */
export interface Review {
  readonly stack: string;
  readonly summary: Summary;
  /** The resources that would not be made, changed or deleted as wished. */
  readonly refused: readonly Refused[];
  /** Why the preview itself did not come to its end. */
  readonly failures: readonly string[];
  readonly changes: readonly ReviewedChange[];
  readonly capacity: readonly Capacity[];
  readonly remarks: readonly { readonly name: string | undefined; readonly text: string }[];
  readonly others: readonly OtherChange[];
}

export interface Summary {
  readonly created: number;
  /** Of the created: those that are taken over where they exist already. */
  readonly adopting: number;
  readonly changed: number;
  readonly replaced: number;
  readonly deleted: number;
  /** Resources, each counted once. */
  readonly refused: number;
  /** Deletes and replacements that nobody could judge, because the service was not asked or did not answer. */
  readonly unjudged: number;
  /** Changes of other packages. */
  readonly others: number;
}

export interface Refused {
  readonly kind: KindName;
  readonly name: string;
  /** What is refused: the inputs, or that the thing goes. */
  readonly what: "inputs" | "replacement" | "deletion";
  readonly owner: string | undefined;
  readonly reasons: readonly string[];
}

export interface ReviewedChange {
  readonly op: ChangeOp;
  readonly kind: KindName;
  readonly name: string;
  readonly id: string | undefined;
  readonly owner: string | undefined;
  readonly isImport: boolean;
  readonly isKept: boolean;
  readonly inputs: readonly InputChange[];
  readonly replacedFor: readonly string[];
  /** What a consumer group loses that is deleted or replaced. */
  readonly position: Position | undefined;
  readonly notes: readonly string[];
  /** Why the delete rule could not be judged. */
  readonly unanswered: string | undefined;
  readonly refusals: readonly string[];
}
