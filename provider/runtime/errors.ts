/** Stable codes of what the provider itself refuses or gives up on. */
export type ProviderErrorCode =
  | "InvalidConfiguration"
  | "UnknownResourceKind"
  | "InvalidInputs"
  | "AlreadyExists"
  | "AmbiguousCreate"
  | "AnswerLost"
  | "NotFound"
  | "Unreachable"
  | "TimedOut"
  | "PrecheckFailed"
  | "InstanceFull"
  | "InstanceHasGroups"
  | "InstancePrepaid"
  | "InstanceNotNormal"
  | "GroupInUse";

/** Says what, where and what to do next; never a secret's value. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;

  constructor(code: ProviderErrorCode, message: string, options?: ErrorOptions) {
    super(`${message} [${code}]`, options);
    this.name = "ProviderError";
    this.code = code;
  }
}

/**
 * Thrown when something was made and a later step failed. The engine keeps the id and the properties, shows
 * the reasons, and the next `pulumi up` mends the resource by an update.
 */
export class PartialError extends Error {
  readonly id: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly reasons: readonly string[];

  constructor(id: string, properties: Readonly<Record<string, unknown>>, cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause);
    super(text, { cause });
    this.name = "PartialError";
    this.id = id;
    this.properties = properties;
    this.reasons = [text];
  }
}
