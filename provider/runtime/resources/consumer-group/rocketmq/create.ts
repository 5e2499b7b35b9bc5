import { hasCode } from "../../../api/errors.ts";
import { createResource } from "../../../create.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import { adoptionRefusedError, mismatchesOf } from "../../../ownership/adopt.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { contextOf, find, type GroupContext, groupOutputs, heldKey, whenRunning } from "./context.ts";
import type { GroupInputs } from "./inputs.ts";
import type { ObservedGroup } from "./series.ts";

/**
 * Makes the group and waits until it can be used. Its name is its id, so after a lost answer a look tells whether the
 * work was done.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const context = contextOf(session, props);
  const { inputs, series } = context;
  const { name, instance } = inputs;
  return createResource<ObservedGroup>({
    session,
    urn: context.urn,
    product: inputs.version === "4.x" ? "ons" : "rocketmq",
    region: inputs.region,
    within: instance,
    adoptExisting: inputs.adoptExisting,
    idOf: () => name,
    heldAs: () => heldKey(context),

    find: () => find(context),
    isOwn: () => true,
    mayTakeOver({ drift }) {
      const fixed = series.update === undefined ? Object.keys(drift) : [];
      if (fixed.length === 0) return;
      const what = `the consumer group "${name}" of instance ${instance}`;
      throw adoptionRefusedError(what, mismatchesOf(drift, inputs as unknown as Properties, fixed));
    },
    async takeOver(found) {
      if (Object.keys(found.drift).length > 0) await series.update?.(session, inputs);
      return found;
    },
    done: (_, how) => `${how} the consumer group "${name}" of instance ${instance}`,
    taken: () => taken(inputs),
    rule: "RMQ-1",
    notTakenOver: (_, obstacle) =>
      `instance ${instance} already has a consumer group "${name}", and it is not taken over: ${obstacle}`,

    facts: () => ({ name }),
    async send() {
      await series.create(session, inputs);
      return { state: "CREATING", drift: {} };
    },
    isTaken: (error) => series.isTaken(error),
    explain: (error) => explainRefusal(context, error),

    async finish() {
      return groupOutputs(context, await whenRunning(context, deadlineMs(session, props, "create")));
    },
    unfinished: (group) => groupOutputs(context, group),
  });
}

/** What a create or update says whose dead-letter topic is not there: `Invalid` and the parameter's name. */
const NO_DEAD_LETTER_TOPIC = "InvalidDeadLetterTargetTopic";

/** RMQ-1. */
function taken(inputs: GroupInputs): string {
  return (
    `the name "${inputs.name}" is taken: instance ${inputs.instance} has a consumer group of this name` +
    (inputs.version === "4.x"
      ? ", or it has no namespace and another instance has one, or a topic has it"
      : "") +
    ". Set adoptExisting: true to take over a group of this instance (CHANGE_TRACKING_ADOPT_EXISTING=true does it for " +
    "one run), give another name, or, if the resource was renamed in the program, add an alias"
  );
}

function explainRefusal({ inputs, series }: GroupContext, error: unknown): unknown {
  if (series.isTaken(error))
    return new ProviderError("AlreadyExists", taken(inputs), { cause: error, rule: "RMQ-1" });
  const { afterLastRetry: after } = inputs;
  if (typeof after !== "object" || !hasCode(error, NO_DEAD_LETTER_TOPIC)) return error;
  return new ProviderError(
    "NotFound",
    `instance ${inputs.instance} has no topic "${after.deadLetterTopic}" for dead letters; make it first (CreateTopic), ` +
      "then run `pulumi up` again",
    { cause: error, rule: "RMQ-4" },
  );
}
