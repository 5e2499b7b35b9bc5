import { reviewMarkdown, summaryLine } from "../../review/markdown/review.ts";
import type { Preview } from "../../review/preview.ts";
import type { PulumiPlace } from "../../review/pulumi.ts";
import { exitCodeOf, reviewOf } from "../../review/review.ts";
import { openService } from "../../review/service.ts";
import { providerSettings } from "../../review/settings.ts";
import type { Session } from "../../runtime/host/session.ts";
import { type Command, readFlags } from "../command.ts";
import { ownersIn, PREVIEW_FLAGS, PREVIEW_USAGE, placeOf, previewOf, writeResult } from "../preview-flags.ts";

const flags = { ...PREVIEW_FLAGS, offline: { type: "boolean" } } as const;

/** Says in Markdown what a change would do and what of it would be refused. */
export const review: Command = {
  name: "review",
  summary: "says for a pull request what a change would do, and what of it would be refused",
  usage: `change-tracking review [PREVIEW]: says for a pull request what a change would do, and what of it would be refused

  PREVIEW               what \`pulumi preview --json\` has written; - for standard input (default: it is run)
${PREVIEW_USAGE}  --offline             does not ask the service; then the delete rule is not judged

Ends with 0, with 1 when something would be refused, with 2 when it could not look. Changes nothing.
`,
  async run(args, io) {
    const { values, positionals } = readFlags("review", args, flags);
    const place = placeOf(values, io);
    const preview = await previewOf(positionals, place, io);
    const service = values.offline ? undefined : await serviceOf(preview, place);
    const found = await reviewOf(preview, {
      service,
      ownerTag: values["owner-tag"],
      ownerOf: ownersIn(values, io),
    });
    writeResult(found, { markdown: reviewMarkdown, line: summaryLine }, values, io);
    return exitCodeOf(found, service !== undefined);
  },
};

async function serviceOf(preview: Preview, place: PulumiPlace): Promise<Session> {
  return openService({
    config: await providerSettings(preview.config, place),
    environment: place.environment,
  });
}
