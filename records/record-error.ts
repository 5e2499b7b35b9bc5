/** `code` is stable. `NOT_A_RECORD`: the bytes are no change record. `UNKNOWN_CHARSET`: text that cannot be decoded here. */
export class RecordError extends Error {
  readonly code: "NOT_A_RECORD" | "UNKNOWN_CHARSET";
  constructor(code: RecordError["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "RecordError";
    this.code = code;
  }
}
