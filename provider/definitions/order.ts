import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, visit } from "yaml";
import type { z } from "zod";
import { byCounting } from "../../contract/limits/message.ts";
import { valueAt } from "../../contract/limits/path.ts";
import { formsOf } from "./forms.ts";
import { SCHEMAS } from "./kinds.ts";
import { KEYS, MAPS, type MapName } from "./maps.ts";
import { type Order, orderedBlock } from "./order-lines.ts";
import { type ParsedFile, parseText } from "./parse.ts";
import { treeOf } from "./tree.ts";

/** A file with its keys in order, or why it is left as it is. */
export type Ordered = { readonly text: string } | { readonly leftBecause: string };

/**
 * Puts a file's keys in order: the maps as they are made, definitions by name, inputs as the documents list them. Whole
 * lines move, with the comments above them, so that all else stays as it was written. What the file means does not change:
 * where that cannot be had, nothing is moved.
 */
export function ordered({ source, document }: ParsedFile): Ordered {
  if (document === undefined) return { leftBecause: "it is not valid YAML" };
  if (hasAliases(document)) return { leftBecause: "it has aliases, which must stand behind their anchors" };
  const text = orderedText(source.text, document);
  if (text === source.text) return { text };
  const { document: after, source: sourceAfter } = parseText(source.label, text);
  const isSame =
    after !== undefined &&
    isDeepStrictEqual(treeOf(sourceAfter, after).value, treeOf(source, document).value);
  return isSame ? { text } : { leftBecause: "its lines cannot be moved without changing what they mean" };
}

function orderedText(text: string, { contents }: Document.Parsed): string {
  if (!isMap(contents) || contents.flow) return text;
  const value: unknown = contents.toJSON();
  const order = listed(KEYS, (key) =>
    MAPS.includes(key as MapName)
      ? byName((name) => inputOrder(SCHEMAS[key as MapName], valueAt(value, [key, name])))
      : undefined,
  );
  return orderedBlock(text, contents, order);
}

/** Names of definitions, as people count. */
function byName(below: Order["below"]): Order {
  return { compare: byCounting, below };
}

function listed(names: readonly string[], below: Order["below"]): Order {
  const rank = (key: string) => (names.includes(key) ? names.indexOf(key) : names.length);
  return { compare: (a, b) => rank(a) - rank(b), below };
}

/** As the schema has them; keys that people choose stay as they are. */
function inputOrder(schema: z.core.$ZodType, value: unknown): Order | undefined {
  const shapes = formsOf(schema, value).flatMap(({ shape }) => (shape === undefined ? [] : [shape]));
  if (shapes.length === 0) return undefined;
  const names = shapes.flatMap((shape) => Object.keys(shape));
  return listed(names, (key) => {
    const field = shapes.find((shape) => Object.hasOwn(shape, key))?.[key];
    return field && inputOrder(field, valueAt(value, [key]));
  });
}

function hasAliases(document: Document.Parsed): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}
