/**
 * The JSON type of one published field. A string that holds digits or JSON is still a string; a `numeral` is published
 * as a string and sent as a number, which typed clients turn into the string that they expect.
 */
export type FieldType = "string" | "integer" | "number" | "boolean" | "numeral";

/**
 * The fields that an answer may have, by their published names; `*` stands for any name. A list has one member: the
 * shape of its items.
 */
export interface AnswerShape {
  readonly [field: string]: FieldType | AnswerShape | readonly [FieldType | AnswerShape];
}

interface FieldValues {
  readonly string: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly numeral: number | string;
}

type ValueOf<F> = F extends FieldType
  ? FieldValues[F]
  : F extends readonly [infer Item]
    ? readonly ValueOf<Item>[]
    : F extends AnswerShape
      ? AnswerOf<F>
      : never;

/** An answer of this shape. Published answers leave fields out, so each may be absent. */
export type AnswerOf<S extends AnswerShape> = S extends { readonly "*": infer Any }
  ? Readonly<Record<string, ValueOf<Any>>>
  : { readonly [K in keyof S]?: ValueOf<S[K]> | undefined };
