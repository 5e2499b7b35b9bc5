import { type Document, visit } from "yaml";
import type { Range, Source } from "./source.ts";

/** Anchors by name that are not hidden yet: a file may have thousands of aliases of one. */
const notHidden = new WeakMap<Source, Map<string, readonly Range[]>>();

/** Hides the values that stand at an anchor of this name, which may be given more than once. */
export function hideAnchored(source: Source, document: Document.Parsed, name: string): void {
  const left = notHidden.get(source) ?? anchorsOf(document);
  notHidden.set(source, left);
  for (const range of left.get(name) ?? []) source.hide(range);
  left.delete(name);
}

function anchorsOf(document: Document.Parsed): Map<string, readonly Range[]> {
  const found = new Map<string, Range[]>();
  visit(document, {
    Value: (_, node) => {
      if (node.anchor === undefined) return;
      const ranges = found.get(node.anchor) ?? [];
      const [from, to] = node.range ?? [0, 1];
      ranges.push([from, to]);
      found.set(node.anchor, ranges);
    },
  });
  return found;
}
