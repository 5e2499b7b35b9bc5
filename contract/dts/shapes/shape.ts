/**
 * The JSON type of one published field. A text that holds digits or JSON is still a text; a `numeral` is published as
 * a text and sent as a number, which typed clients turn into the text that they expect.
 */
export type FieldType = "text" | "integer" | "number" | "flag" | "numeral";

/** The fields that an answer may have, by their published names. A list has one member: the shape of its items. */
export interface Shape {
  readonly [field: string]: FieldType | Shape | readonly [FieldType | Shape];
}
