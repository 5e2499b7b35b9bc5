import { driftExitCodeOf, driftOf, isRefreshed } from "../../review/drift.ts";
import { driftLine, driftMarkdown } from "../../review/markdown/drift.ts";
import { ReviewError } from "../../review/review-error.ts";
import { type Command, readFlags } from "../command.ts";
import { ownersIn, PREVIEW_FLAGS, PREVIEW_USAGE, placeOf, previewOf, writeResult } from "../preview-flags.ts";

/** Says in Markdown what somebody has changed past the program. */
export const drift: Command = {
  name: "drift",
  summary: "says what was changed by hand, past the program",
  usage: `change-tracking drift [PREVIEW]: says what was changed by hand, past the program

  PREVIEW               what \`pulumi preview --refresh --json\` has written; - for standard input (default: it is run)
${PREVIEW_USAGE}
Ends with 0, with 1 when something was changed by hand, with 2 when it could not look. Changes nothing, no state either.
`,
  async run(args, io) {
    const { values, positionals } = readFlags("drift", args, PREVIEW_FLAGS);
    const preview = await previewOf(positionals, placeOf(values, io), io, ["--refresh"]);
    const found = driftOf(preview, { ownerTag: values["owner-tag"], ownerOf: ownersIn(values, io) });
    // One that has failed may not have come so far, and says why.
    if (!isRefreshed(preview) && found.failures.length === 0) throw notRefreshed();
    writeResult(found, { markdown: driftMarkdown, line: driftLine }, values, io);
    return driftExitCodeOf(found);
  },
};

function notRefreshed(): ReviewError {
  return new ReviewError(
    "InvalidPreview",
    "this preview has not looked at the service: give the output of `pulumi preview --refresh --json`",
  );
}
