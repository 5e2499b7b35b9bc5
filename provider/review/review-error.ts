/** Stable codes of what a review or a drift look could not do. */
export type ReviewErrorCode =
  | "FolderNotFound"
  | "InvalidPreview"
  | "PulumiNotFound"
  | "PulumiFailed"
  | "TimedOut"
  | "UnreadableFile";

/** A command could not run. Says what, where and what to do next; never a secret's value. */
export class ReviewError extends Error {
  readonly code: ReviewErrorCode;

  constructor(code: ReviewErrorCode, message: string, options: ErrorOptions = {}) {
    super(`${message} [${code}]`, options);
    this.name = "ReviewError";
    this.code = code;
  }
}
