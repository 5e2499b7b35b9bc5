import fc from "fast-check";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/** Texts whose length in code points lies at or around a limit, of one alphabet or of several. */
export function textNear(min: number, max: number): fc.Arbitrary<string> {
  const length = fc.constantFrom(0, 1, min - 1, min, min + 1, max - 1, max, max + 1, max * 2);
  const unit = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...LETTERS) },
    { weight: 1, arbitrary: fc.constantFrom("a", "0", "A", "_", "-", " ", ".", "%", "+", "&", "=", "~") },
    { weight: 1, arbitrary: fc.constantFrom("é", "漢", "ー", "😀", "👩‍👩‍👧", "Ω", "ａ", "\u200b", "İ") },
    { weight: 1, arbitrary: fc.constantFrom("\u0000", "\t", "\n", "\r", "\u001b", "\u007f", "\u0080") },
  );
  const mixed = length.chain((n) =>
    fc.array(unit, { minLength: Math.max(0, n), maxLength: Math.max(0, n) }).map((units) => units.join("")),
  );
  const repeated = fc
    .tuple(length, fc.constantFrom("a", "A1", "漢", "😀", "\ud800", " "))
    .map(([n, text]) => text.repeat(Math.max(0, n)));
  return fc.oneof({ weight: 4, arbitrary: mixed }, { weight: 1, arbitrary: repeated });
}

/** Values of every type that JSON can carry, and texts that look like other things. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    "",
    " ",
    "null",
    "undefined",
    "true",
    "[object Object]",
    "__proto__",
    "constructor",
    "{}",
    "[]",
    "\ud800",
    "\udc00x",
    "\u0000",
    null,
    true,
    false,
    0,
    -0,
    -1,
    1.5,
    1e21,
    2 ** 53,
    [],
    {},
    [null],
    [[]],
    { length: 3 },
    { toString: "x" },
    JSON.parse('{"__proto__":{"a":1}}'),
  ),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2, noUnicodeString: false }),
);

/** A valid value in most cases, else one near the limit, else anything. */
export function field<T>(valid: fc.Arbitrary<T>, near: fc.Arbitrary<unknown> = valid): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 5, arbitrary: valid as fc.Arbitrary<unknown> },
    { weight: 3, arbitrary: near },
    { weight: 1, arbitrary: oddValue },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** Valid inputs of which one to three fields are made anew by the generators of `fields`. */
export function inputsNear(
  valid: fc.Arbitrary<Record<string, unknown>>,
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
): fc.Arbitrary<Record<string, unknown>> {
  const names = Object.keys(fields);
  const changes = fc
    .subarray(names, { minLength: 1, maxLength: Math.min(3, names.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, anyOf(fields, name)]))));
  return fc.tuple(valid, changes).map(([base, changed]) => {
    const all = Object.entries({ ...base, ...changed }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(all);
  });
}

function anyOf(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>, name: string): fc.Arbitrary<unknown> {
  const made = fields[name];
  if (made === undefined) throw new Error(`no generator for ${name}`);
  return made;
}
