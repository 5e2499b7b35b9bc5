import { MessagingError, type NewMessage, type ReceiveWish } from "../../../rocketmq-grpc/backend.ts";
import { parseSql } from "./sql-parser.ts";

/** Whether a group wants a message. */
export type MessageFilter = (message: Pick<NewMessage, "tag" | "properties">) => boolean;

const EXPRESSION_MAX = 4_096;
const TAGS_MAX = 100;

/** Throws MessagingError ILLEGAL_FILTER. */
export function filterOf({ type, expression }: ReceiveWish["filter"]): MessageFilter {
  if (expression.length > EXPRESSION_MAX) {
    throw illegal(expression, `has ${expression.length} characters, allowed ${EXPRESSION_MAX}`);
  }
  return type === "TAG" ? tagFilter(expression) : sqlFilter(expression);
}

/** `*` or nothing for all, else tags with `||` between them. */
function tagFilter(expression: string): MessageFilter {
  if (expression.trim() === "" || expression.trim() === "*") return () => true;
  const tags = expression.split("||").map((tag) => tag.trim());
  if (tags.some((tag) => tag === "")) throw illegal(expression, "names an empty tag");
  if (tags.length > TAGS_MAX) throw illegal(expression, `names ${tags.length} tags, allowed ${TAGS_MAX}`);
  if (tags.includes("*")) return () => true;
  const wanted = new Set(tags);
  return ({ tag }) => tag !== undefined && wanted.has(tag);
}

function sqlFilter(expression: string): MessageFilter {
  let condition: ReturnType<typeof parseSql>;
  try {
    condition = parseSql(expression);
  } catch (error) {
    throw illegal(expression, (error as Error).message);
  }
  return ({ tag, properties }) =>
    condition((name) =>
      name === "TAGS" ? tag : Object.hasOwn(properties, name) ? properties[name] : undefined,
    );
}

function illegal(expression: string, why: string): MessagingError {
  return new MessagingError(
    "ILLEGAL_FILTER",
    `the filter ${JSON.stringify(expression.slice(0, 200))} ${why}; subscribe with tags as "a || b" or with an SQL92 condition`,
  );
}
