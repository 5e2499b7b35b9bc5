import { type SqlToken, sqlTokens } from "./sql-tokens.ts";
import {
  and,
  asTruth,
  type Comparison,
  compared,
  isComparison,
  not,
  or,
  type SqlValue,
} from "./sql-values.ts";

type Properties = (name: string) => string | undefined;
type Expression = (of: Properties) => SqlValue;
type Condition = (of: Properties) => boolean | undefined;
type TextTest = (text: string, part: string) => boolean;

const DEPTH_MAX = 50;

const textTests: Readonly<Record<string, TextTest>> = {
  CONTAINS: (text, part) => text.includes(part),
  STARTSWITH: (text, part) => text.startsWith(part),
  ENDSWITH: (text, part) => text.endsWith(part),
};

/**
 * A condition as SQL92 knows them: `=`, `<>`, `<`, `<=`, `>`, `>=`, BETWEEN, IN, IS NULL, CONTAINS, STARTSWITH and ENDSWITH over
 * properties, numbers, texts and truth values, with NOT, AND, OR and brackets. True where it holds for certain. Throws an Error
 * that says where the text is no condition.
 */
export function parseSql(text: string): (of: Properties) => boolean {
  const parser = new Parser(sqlTokens(text));
  const condition = parser.whole();
  return (of) => condition(of) === true;
}

class Parser {
  readonly #tokens: readonly SqlToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
  }

  whole(): Condition {
    const condition = this.#or();
    if (this.#at < this.#tokens.length) throw this.#unexpected();
    return condition;
  }

  #or(): Condition {
    this.#depth += 1;
    if (this.#depth > DEPTH_MAX) throw new Error(`has more than ${DEPTH_MAX} conditions within each other`);
    let left = this.#and();
    while (this.#take("OR")) {
      const [one, other] = [left, this.#and()];
      left = (of) => or(one(of), other(of));
    }
    this.#depth -= 1;
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.#take("AND")) {
      const [one, other] = [left, this.#not()];
      left = (of) => and(one(of), other(of));
    }
    return left;
  }

  #not(): Condition {
    let isNegated = false;
    while (this.#take("NOT")) isNegated = !isNegated;
    const condition = this.#test();
    return isNegated ? (of) => not(condition(of)) : condition;
  }

  #test(): Condition {
    const opening = this.#at;
    if (this.#take("(")) {
      const inner = this.#or();
      this.#need(")");
      // What follows says that it was a bracket around a value.
      if (!this.#startsTest()) return inner;
      this.#at = opening;
    }
    const left = this.#value();
    const sign = this.#tokens[this.#at]?.text ?? "";
    if (this.#tokens[this.#at]?.kind === "sign" && isComparison(sign)) {
      this.#at += 1;
      return this.#comparison(left, sign);
    }
    if (this.#take("IS")) return this.#isNull(left);
    const isNegated = this.#take("NOT");
    const test = this.#further(left);
    if (test) return isNegated ? (of) => not(test(of)) : test;
    if (isNegated) throw this.#unexpected();
    return (of) => asTruth(left(of));
  }

  #comparison(left: Expression, sign: Comparison): Condition {
    const right = this.#value();
    return (of) => compared(sign, left(of), right(of));
  }

  #isNull(left: Expression): Condition {
    const isNegated = this.#take("NOT");
    this.#need("NULL");
    return (of) => (left(of) === undefined) !== isNegated;
  }

  #further(left: Expression): Condition | undefined {
    if (this.#take("BETWEEN")) {
      const low = this.#value();
      this.#need("AND");
      const high = this.#value();
      return (of) => and(compared(">=", left(of), low(of)), compared("<=", left(of), high(of)));
    }
    if (this.#take("IN")) return this.#in(left);
    for (const [word, test] of Object.entries(textTests)) {
      if (!this.#take(word)) continue;
      const right = this.#value();
      return (of) => {
        const [text, part] = [left(of), right(of)];
        return typeof text === "string" && typeof part === "string" ? test(text, part) : undefined;
      };
    }
    return undefined;
  }

  #in(left: Expression): Condition {
    this.#need("(");
    const values: Expression[] = [];
    do values.push(this.#value());
    while (this.#take(","));
    this.#need(")");
    return (of) =>
      values.reduce<boolean | undefined>(
        (found, value) => or(found, compared("=", left(of), value(of))),
        false,
      );
  }

  #value(): Expression {
    if (this.#take("(")) {
      const inner = this.#value();
      this.#need(")");
      return inner;
    }
    const sign = this.#take("-") ? -1 : 1;
    const isSigned = sign < 0 || this.#take("+");
    const token = this.#tokens[this.#at];
    if (!token || (isSigned && token.kind !== "number")) throw this.#unexpected();
    this.#at += 1;
    if (token.kind === "number") {
      const value = sign * token.value;
      return () => value;
    }
    if (token.kind === "string") return () => token.text;
    if (token.kind === "name") return (of) => of(token.text);
    if (token.kind === "word" && ["TRUE", "FALSE"].includes(token.text)) return () => token.text === "TRUE";
    this.#at -= 1;
    throw this.#unexpected();
  }

  #startsTest(): boolean {
    const next = this.#tokens[this.#at];
    if (!next) return false;
    if (next.kind === "sign") return isComparison(next.text);
    return next.kind === "word" && !["AND", "OR"].includes(next.text);
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.text !== text || (token.kind !== "word" && token.kind !== "sign")) return false;
    this.#at += 1;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw this.#unexpected(` where ${text} is expected`);
  }

  #unexpected(where = ""): Error {
    const token = this.#tokens[this.#at];
    return new Error(
      token ? `has ${token.text} at character ${token.at + 1}${where}` : `ends too early${where}`,
    );
  }
}
