import { kindOf } from "../limits/message.ts";
import { parseJson } from "../limits/shape.ts";
import { EventError } from "./failure.ts";
import { filled, type Part, parameterReaders, partBuilder, textOf } from "./transform.ts";

/** MQ-16: the members of the object under this name become properties of their own. */
export const EMBEDDED_OBJECT = "EB_SYS_EMBED_OBJECT";

type Members = Readonly<Record<string, unknown>>;

/**
 * Makes the function that builds a message's properties: of an extraction the members of the object found, of a
 * template the members of the JSON that it is. Inside a template's JSON a member that is one variable and nothing
 * else keeps the value's own type, so that `"EB_SYS_EMBED_OBJECT": "${object}"` embeds an object.
 * Throws an EventError: InvalidTransform here, TransformFailed from the function when no object comes of an event.
 */
export function propertiesBuilder(part: Part): (event: unknown) => Record<string, string> {
  const build = partBuilder(part);
  const template = part.Form === "TEMPLATE" ? parseJson(part.Template ?? "") : undefined;
  if (template && "value" in template && isObject(template.value)) {
    const members = template.value;
    const readers = parameterReaders(part.Value ?? "");
    return (event) => {
      const lookUp = (name: string) => readers.get(name)?.(event);
      return spread(
        Object.fromEntries(Object.entries(members).map(([name, member]) => [name, memberOf(member, lookUp)])),
      );
    };
  }
  return (event) => {
    const built = build(event);
    if (built === undefined) return {};
    const parsed = typeof built === "string" ? parseJson(built) : { value: built };
    if ("value" in parsed && isObject(parsed.value)) return spread(parsed.value);
    const got = "value" in parsed ? kindOf(parsed.value) : "a string";
    throw new EventError("TransformFailed", { at: "Properties", text: `must come to an object, got ${got}` });
  };
}

function memberOf(member: unknown, lookUp: (name: string) => unknown): unknown {
  if (typeof member !== "string") return member;
  const whole = /^\$\{([^{}]*)\}$/.exec(member);
  return whole ? lookUp(whole[1] ?? "") : filled(member, lookUp);
}

/** A property is a text; one that was not found is left out. */
function spread(members: Members): Record<string, string> {
  const properties: [string, string][] = [];
  for (const [name, value] of Object.entries(members)) {
    if (value === undefined) continue;
    if (name === EMBEDDED_OBJECT && isObject(value)) {
      for (const [inner, one] of Object.entries(value)) properties.push([inner, textOf(one)]);
    } else properties.push([name, textOf(value)]);
  }
  return Object.fromEntries(properties);
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
