import { openJsonTokens } from "./json-tokens.ts";

/** What a value may be. Streamed JSON is held to it as it arrives, so that nothing else is ever kept. */
export interface Form {
  /** Strings, numbers, true, false and null. */
  readonly plain?: boolean;
  readonly list?: Form;
  /** An object of these members and no others. */
  readonly members?: Readonly<Record<string, Form>>;
  /** An object with any names. */
  readonly map?: Form;
}

/** Reads one JSON document chunk by chunk. Both throw an Error that says where the document leaves its form. */
interface JsonStream {
  push(chunk: Buffer): void;
  /** The whole value. */
  end(): unknown;
}

/** A list or an object on the way down; the other one is undefined. */
interface Level {
  readonly form: Form;
  readonly list: unknown[] | undefined;
  readonly object: Record<string, unknown> | undefined;
  key: string;
}

type Expected = "value" | "valueOrEnd" | "key" | "keyOrEnd" | "colon" | "commaOrEnd" | "nothing";

const nothing: Form = {};
const MALFORMED = "is not well-formed JSON";

/** `valuesMax` bounds lists, objects and plain values together. */
export function openJsonStream(form: Form, valuesMax: number): JsonStream {
  const builder = openBuilder(form, valuesMax);
  const tokens = openJsonTokens(builder.take);
  const placed = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const [place, text] = [builder.place(), (error as Error).message];
      throw new Error(place === "" ? text : `${place} ${text}`);
    }
  };
  return {
    push: (chunk) => placed(() => tokens.push(chunk)),
    end: () =>
      placed(() => {
        tokens.end();
        return builder.end();
      }),
  };
}

interface Builder {
  take(token: string): void;
  end(): unknown;
  /** Where it stands: `rooms.shop.tables`. */
  place(): string;
}

function openBuilder(form: Form, valuesMax: number): Builder {
  const levels: Level[] = [];
  let expected: Expected = "value";
  let values = 0;
  let root: unknown;

  const formHere = () => {
    const level = levels.at(-1);
    return level ? formIn(level) : form;
  };

  function count(fits: boolean, what: string): void {
    if (expected !== "value" && expected !== "valueOrEnd") throw new Error(MALFORMED);
    if (!fits) throw new Error(`must not be ${what} here`);
    values += 1;
    if (values > valuesMax) throw new Error(`holds more than ${valuesMax} values`);
  }

  function put(value: unknown): void {
    const level = levels.at(-1);
    if (!level) root = value;
    else if (level.list) level.list.push(value);
    else if (level.object) level.object[level.key] = value;
    expected = level ? "commaOrEnd" : "nothing";
  }

  function open(isList: boolean): void {
    const here = formHere() ?? nothing;
    const fits = (isList ? here.list : (here.members ?? here.map)) !== undefined;
    count(fits, isList ? "a list" : "an object");
    levels.push({ form: here, list: isList ? [] : undefined, object: isList ? undefined : {}, key: "" });
    expected = isList ? "valueOrEnd" : "keyOrEnd";
  }

  function close(isList: boolean): void {
    const level = levels.at(-1);
    const may = expected === "commaOrEnd" || expected === (isList ? "valueOrEnd" : "keyOrEnd");
    if (!level || !may || (level.list !== undefined) !== isList) throw new Error(MALFORMED);
    levels.pop();
    put(level.list ?? level.object);
  }

  function word(token: string): void {
    const level = levels.at(-1);
    if (level && (expected === "key" || expected === "keyOrEnd")) {
      level.key = keyOf(token);
      if (level.key === "__proto__" || !formIn(level)) {
        // A name that nobody knows is not repeated: it may be anything.
        level.key = "";
        throw new Error("has a member that is not known");
      }
      expected = "colon";
      return;
    }
    count(formHere()?.plain === true, "a plain value");
    put(parsed(token));
  }

  function separate(from: Expected, to: Expected): void {
    if (expected !== from) throw new Error(MALFORMED);
    expected = to;
  }

  return {
    take(token) {
      if (token === "[" || token === "{") open(token === "[");
      else if (token === "]" || token === "}") close(token === "]");
      else if (token === ",") separate("commaOrEnd", levels.at(-1)?.list ? "value" : "key");
      else if (token === ":") separate("colon", "value");
      else word(token);
    },
    end() {
      if (expected !== "nothing") throw new Error("ends too early");
      return root;
    },
    place: () => placeOf(levels),
  };
}

/** What may come next in a level; undefined for a member that is not known. */
function formIn(level: Level): Form | undefined {
  if (level.list) return level.form.list;
  const { members, map } = level.form;
  return members && Object.hasOwn(members, level.key) ? members[level.key] : map;
}

function placeOf(levels: readonly Level[]): string {
  const path = levels.map(({ list, key }) => (list ? `[${list.length}]` : key.slice(0, 40)));
  const named = path.filter((part) => part !== "");
  return named.join(".").replaceAll(".[", "[");
}

function keyOf(token: string): string {
  if (!token.startsWith('"')) throw new Error(MALFORMED);
  return String(parsed(token));
}

function parsed(token: string): unknown {
  try {
    return JSON.parse(token);
  } catch {
    throw new Error(MALFORMED);
  }
}
