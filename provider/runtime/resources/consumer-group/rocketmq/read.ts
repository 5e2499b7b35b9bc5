import { withRule } from "../../../../../contract/validation/refusal.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties, ReadResult } from "../../../resource.ts";
import { pick } from "../../shared/inputs.ts";
import { contextOf, find, type GroupContext, groupOutputs } from "./context.ts";
import { INPUT_KEYS } from "./inputs.ts";

const GONE: ReadResult = { id: "", props: {} };
/** RMQ-8. */
const TOPICS_RECOMMENDED_MAX = 10;

/** The group as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readGroup(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const context = contextOf(session, { name: id, ...props });
  const group = await find(context);
  if (group === undefined) return GONE;
  const activity = await context.series.activity(session, context.inputs);
  warnOfTopics(context, activity.topics);
  const outputs = await groupOutputs(context, group, activity);
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}

function warnOfTopics({ session, inputs, urn }: GroupContext, topics: readonly string[]): void {
  if (topics.length <= TOPICS_RECOMMENDED_MAX) return;
  session.log.warn(
    withRule(
      `the consumer group "${inputs.name}" subscribes to ${topics.length} topics, and at most ` +
        `${TOPICS_RECOMMENDED_MAX} are recommended: a slow one holds up the others. Split it into several groups`,
      "RMQ-8",
    ),
    urn,
  );
}
