import type { ProblemCode } from "./problem.ts";
import type { Range, Source } from "./source.ts";

/** A problem at a place of a source. */
export interface Finding {
  readonly source: Source;
  readonly range: Range;
  readonly code: ProblemCode;
  readonly message: string;
  readonly rule?: string | undefined;
  /** Default error. */
  readonly severity?: "error" | "warning";
  /** As `groups.billing`. */
  readonly definition?: string;
}
