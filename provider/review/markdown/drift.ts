import type { Drift, DriftedResource } from "../drift.ts";
import type { InputChange } from "../input-changes.ts";
import { type Entry, fitted, folded, message } from "./fit.ts";
import { counted, inputLines, MARKERS, resourceText, shownText, stackText } from "./words.ts";

/** The Markdown of an issue or a job's summary. Ends with a line end. */
export function driftMarkdown(drift: Drift): string {
  const { changed, deleted, waiting, failures } = drift;
  return fitted(`${MARKERS.drift}\n**${driftLine(drift)}**${stackText(drift.stack)}\n`, [
    { title: "The look failed", look: "plain", entries: failures.map((text) => message(text)) },
    folded(`${deleted.length} deleted by hand`, deleted.map(byHand)),
    folded(`${changed.length} changed by hand`, changed.map(byHand)),
    {
      title: `${waiting.length} not by hand: the program says so, and no update has run yet`,
      look: "folded",
      entries: waiting.map(waitingEntry),
    },
  ]);
}

/** `1 changed by hand, 1 deleted by hand`. */
export function driftLine({ summary, failures }: Drift): string {
  const parts = [
    ...counted(summary.deleted, "deleted by hand"),
    ...counted(summary.changed, "changed by hand"),
    ...(failures.length > 0 ? ["the look failed"] : []),
  ];
  return parts.length === 0 ? "Nothing was changed by hand" : parts.join(", ");
}

const WAYS: Readonly<Record<DriftedResource["op"], string>> = {
  create: "makes it",
  update: "changes it",
  replace: "replaces it",
  delete: "deletes it",
};

function byHand(resource: DriftedResource): Entry {
  const way = { ...WAYS, create: "makes it again", update: "sets it back" }[resource.op];
  return resourceEntry(resource, way, resource.inputs);
}

/** Of something that is to be made no input differs from anything. */
function waitingEntry(resource: DriftedResource): Entry {
  return resourceEntry(resource, WAYS[resource.op], resource.op === "create" ? [] : resource.inputs);
}

function resourceEntry(resource: DriftedResource, way: string, inputs: readonly InputChange[]): Entry {
  const brief = `- ${resourceText(resource)}: the next update ${way}`;
  return { brief, full: [brief, ...inputLines(inputs, driftText)].join("\n") };
}

function driftText({ before, after }: InputChange): string {
  return `is ${shownText(before)}, the program says ${shownText(after)}`;
}
