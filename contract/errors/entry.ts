/** How sure a code or wording is: published, seen in the source of an official client, or chosen by this project. */
export type Basis = "documented" | "observed" | "chosen";

/** One line of an error table. `{Name}` stands for the parameter's name, `%s` for the dynamic message. */
export interface ErrorEntry {
  readonly code: string;
  readonly httpStatus: number;
  readonly message: string;
  /** True when the same request may succeed later without a change. */
  readonly retryable: boolean;
  readonly basis: Basis;
}

/** A failure that a repeat does not help. */
export function permanentError(code: string, httpStatus: number, message: string, basis: Basis): ErrorEntry {
  return { code, httpStatus, message, retryable: false, basis };
}

/** A failure that may pass by itself. */
export function transientError(code: string, httpStatus: number, message: string, basis: Basis): ErrorEntry {
  return { code, httpStatus, message, retryable: true, basis };
}
