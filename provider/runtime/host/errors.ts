import { withRule } from "../../../contract/validation/refusal.ts";
import { ApiError, type ConnectionProblem } from "../api/errors.ts";

/** Stable codes of what the provider itself refuses or gives up on. */
export type ProviderErrorCode =
  | "InvalidConfiguration"
  | "UnknownResourceKind"
  | "InvalidInputs"
  | "AlreadyExists"
  | "AdoptionRefused"
  | "AmbiguousCreate"
  | "AnswerLost"
  | "NotFound"
  | ConnectionProblem
  | "KeysRefused"
  | "TimedOut"
  | "PrecheckFailed"
  | "InstanceFull"
  | "InstanceHasGroups"
  | "InstancePrepaid"
  | "InstanceNotNormal"
  | "GroupInUse"
  | "TaskNotRunning";

/** Says what, where and what to do next; never a secret's value. */
export class ProviderError extends Error {
  readonly code: ProviderErrorCode;
  /** Id of the documented rule behind it, for example `DEL-1`. */
  readonly rule: string | undefined;
  /** The failure alone, without its code. */
  readonly detail: string;

  constructor(
    code: ProviderErrorCode,
    message: string,
    options: ErrorOptions & { rule?: string | undefined } = {},
  ) {
    const detail = withRule(message, options.rule);
    super(`${detail} [${code}]`, options);
    this.name = "ProviderError";
    this.code = code;
    this.rule = options.rule;
    this.detail = detail;
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

const POINTER = "see the message at the resource";

/**
 * The host writes every refusal to its output as well, where it would stand once more for each resource. What the
 * engine shows at the resource is left out there; everything else, bugs with their stacks first, goes on.
 */
export function quietRefusals(output: Pick<Console, "error">): void {
  const write = output.error.bind(output);
  output.error = (...parts: unknown[]) => {
    const [first] = parts;
    if (parts.length === 1 && typeof first === "string" && first.endsWith(`: ${POINTER}`)) return;
    write(...parts);
  };
}

/**
 * For check, diff, read and delete the host writes the error with its stack to the user's diagnostics, beside the
 * message that the engine shows at the resource. What is refused on purpose needs no stack there.
 */
export function forHost(error: unknown): unknown {
  if (!(error instanceof ProviderError) && !(error instanceof ApiError)) return error;
  const shown = new Error(error.message, { cause: error });
  shown.stack = POINTER;
  shown.toString = () => error.code;
  return shown;
}
