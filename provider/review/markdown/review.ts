import type { ChangeOp } from "../changes.ts";
import type { InputChange } from "../input-changes.ts";
import type { Refused, Review, ReviewedChange } from "../review-data.ts";
import { code, prose } from "./escape.ts";
import { type Entry, fitted, folded, message, type Section, same } from "./fit.ts";
import {
  counted,
  idText,
  inputLines,
  MARKERS,
  NOUNS,
  ownerText,
  resourceText,
  shownText,
  stackText,
} from "./words.ts";

/** The Markdown of a comment at a pull request. Ends with a line end. */
export function reviewMarkdown(review: Review): string {
  const sections: Section[] = [
    { title: "Would be refused", look: "plain", entries: review.refused.map(refusedEntry) },
    { title: "The preview failed", look: "plain", entries: review.failures.map((text) => message(text)) },
    { title: "Could not be judged", look: "plain", entries: unjudgedEntries(review) },
    { title: "Groups on each instance after the change", look: "plain", entries: capacityEntries(review) },
    ...(["delete", "replace", "update", "create"] as const).map((op) => changesSection(review, op)),
    { title: "Said by the provider", look: "plain", entries: remarkEntries(review) },
    folded(`${review.others.length} changes of other packages`, otherEntries(review)),
  ];
  return fitted(`${MARKERS.review}\n**${summaryLine(review)}**${stackText(review.stack)}\n`, sections);
}

/** `3 created, 1 changed, 1 would be refused`. */
export function summaryLine({ summary, failures }: Pick<Review, "summary" | "failures">): string {
  const parts = [
    ...counted(summary.created, `created${adoptingText(summary)}`),
    ...counted(summary.changed, "changed"),
    ...counted(summary.replaced, "replaced"),
    ...counted(summary.deleted, "deleted"),
    ...counted(summary.refused, "would be refused"),
    ...counted(summary.unjudged, "not judged"),
    ...counted(summary.others, "of other packages"),
    ...(failures.length > 0 ? ["the preview failed"] : []),
  ];
  return parts.length === 0 ? "Nothing changes" : parts.join(", ");
}

function adoptingText({ created, adopting }: Review["summary"]): string {
  if (adopting === 0) return "";
  return adopting === created ? " or taken over" : ` (${adopting} of them taken over where there already)`;
}

const DONE: Readonly<Record<ChangeOp, string>> = {
  create: "created",
  update: "changed in place",
  replace: "replaced",
  delete: "deleted",
};

function changesSection({ changes }: Review, op: ChangeOp): Section {
  const entries = changes.filter((one) => one.op === op).map(changeEntry);
  return folded(`${entries.length} ${DONE[op]}`, entries);
}

function changeEntry(change: ReviewedChange): Entry {
  const { notes, replacedFor } = change;
  const isNew = change.op === "create";
  const refused = change.refusals.length > 0 ? " — **would be refused**" : "";
  const brief = `- ${resourceText(change)}${refused}`;
  const reasons =
    replacedFor.length === 0 ? [] : [`  - replaced for ${replacedFor.map((one) => code(one)).join(", ")}`];
  const lines = [
    ...reasons,
    ...inputLines(change.inputs, isNew ? newText : undefined),
    ...positionLines(change),
    ...(change.isImport ? ["  - taken into the state as it is"] : []),
    ...notes.map((note) => `  - ${prose(note)}`),
  ];
  return { brief, full: [brief, ...lines].join("\n") };
}

function newText({ after }: InputChange): string {
  return shownText(after);
}

function positionLines({ op, position, isKept }: ReviewedChange): string[] {
  if (position === undefined || isKept) return [];
  const { checkpoint, unconsumed, isObserved } = position;
  const parts = [
    ...(checkpoint ? [`it stood at ${code(checkpoint)}`] : []),
    ...(checkpoint === "" ? ["it has read nothing yet"] : []),
    ...(unconsumed === undefined ? [] : [`${unconsumed} messages to read`]),
    ...(isObserved ? [] : ["as the state remembers it"]),
  ];
  const what = op === "replace" ? "The new group starts without an offset" : "Its offset goes with it";
  return [`  - ${[what, ...parts].join("; ")}`];
}

/** Begin of a reason where there is no room for all of them. */
const BRIEF_CHARS_MAX = 160;

function refusedEntry({ kind, name, what, owner, reasons }: Refused): Entry {
  const head = `- ${code(name)} ${NOUNS[kind]}, ${what}${ownerText(owner)}`;
  const [first = "", ...more] = reasons;
  const rest = more.length === 0 ? "" : ` (and ${more.length} more)`;
  const lines = reasons.map((reason) => `  - ${prose(reason)}`);
  return {
    brief: `${head}: ${prose(first, BRIEF_CHARS_MAX)}${rest}`,
    full: more.length === 0 ? `${head}: ${prose(first)}` : [head, ...lines].join("\n"),
  };
}

/** Most often one reason holds for all. */
function unjudgedEntries({ changes }: Review): Entry[] {
  const reasons = [...new Set(changes.flatMap(({ unanswered }) => unanswered ?? []))];
  return reasons.map((reason) => {
    const names = changes.filter((one) => one.unanswered === reason).map(({ name }) => code(name));
    const head = `- Whether the delete rule lets ${names.length === 1 ? "this one" : `these ${names.length}`} go`;
    const more = names.length > NAMES_MAX ? ` and ${names.length - NAMES_MAX} more` : "";
    return {
      brief: `${head}: ${prose(reason)}`,
      full: `${head} (${names.slice(0, NAMES_MAX).join(", ")}${more}): ${prose(reason)}`,
    };
  });
}

const NAMES_MAX = 20;

function capacityEntries({ capacity }: Review): Entry[] {
  return capacity.map(({ instance, id, before, after, max }) => {
    const place = `${code(instance)}${idText(id === instance ? undefined : id)}`;
    return same(`${after} of ${max} groups on instance ${place}, ${before} before`);
  });
}

function remarkEntries({ remarks }: Review): Entry[] {
  return remarks.map(({ name, text }) => message(text, name === undefined ? "" : `${code(name)}: `));
}

function otherEntries({ others }: Review): Entry[] {
  return others.map(({ op, type, name }) => same(`${code(op)} ${code(name)} of type ${code(type)}`));
}
