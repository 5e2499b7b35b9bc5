/** Bytes that are no message, or more than is taken. The message never quotes them. */
export class WireError extends Error {
  readonly code = "MALFORMED";
  constructor(message: string) {
    super(message);
    this.name = "WireError";
  }
}
