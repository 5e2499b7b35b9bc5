/** pop-core reads a number of more than 15 digits, such as that of an account, as a text: gives it back as it was sent. */
export function longNumbers<T>(answer: T, ...names: readonly string[]): T {
  return JSON.parse(JSON.stringify(answer), (name, value) => (names.includes(name) ? Number(value) : value));
}
