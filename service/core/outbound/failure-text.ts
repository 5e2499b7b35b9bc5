/** The message of whatever was thrown; several addresses tried give an error without one. */
export function failureText(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return failureText(error.errors[0]);
  const text = error instanceof Error ? error.message : String(error);
  const { code } = error as { code?: unknown };
  return text || (typeof code === "string" ? code : "unknown failure");
}
