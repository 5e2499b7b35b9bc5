const TEXT_CHARS_MAX = 2_000;

/**
 * Why something is not delivered. `isFinal`: trying again changes nothing. Codes are those of the message thread, and
 * FUNCTION_FAILED, EVENT_TOO_LARGE, TransformFailed and the codes of change records.
 */
export class DeliveryError extends Error {
  readonly code: string;
  readonly isFinal: boolean;

  constructor(code: string, message: string, isFinal = false) {
    // Names that functions and rows make up stand in it.
    super(message.slice(0, TEXT_CHARS_MAX));
    this.name = "DeliveryError";
    this.code = code;
    this.isFinal = isFinal;
  }
}

/** Of a message thread: what it says of a message, and not of how it is itself. */
const FINAL_CODES: readonly string[] = [
  "MESSAGE_TOO_LARGE",
  "MESSAGE_TYPE",
  "ILLEGAL_MESSAGE",
  "TransformFailed",
  "NOT_A_RECORD",
  "UNKNOWN_CHARSET",
];

/** Whatever was thrown, in the words above. */
export function deliveryError(thrown: unknown): DeliveryError {
  if (thrown instanceof DeliveryError) return thrown;
  const { code, message } = thrown as { code?: unknown; message?: unknown };
  const name = typeof code === "string" ? code : "FAILED";
  return new DeliveryError(name, String(message ?? thrown), FINAL_CODES.includes(name));
}
