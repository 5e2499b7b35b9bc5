import type { Action } from "../../contract/action.ts";
import type { AnswerShape } from "../../contract/answer.ts";

/** The published answers of a product's actions, by their names. */
export function shapesOf(actions: readonly Action[]): Readonly<Record<string, AnswerShape>> {
  return Object.fromEntries(actions.map(({ name, answer }) => [name, answer]));
}
