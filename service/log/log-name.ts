const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Throws a TypeError when a log cannot have this name. */
export function checkLogName(name: string): void {
  if (NAME.test(name)) return;
  throw new TypeError(
    `${JSON.stringify(name)} cannot be a log's name; it has 1 to 64 letters, digits, "_" and "-"`,
  );
}

export function isLogName(name: string): boolean {
  return NAME.test(name);
}
