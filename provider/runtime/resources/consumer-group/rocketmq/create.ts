import { ApiError } from "../../../api/errors.ts";
import { PartialError, ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { CreateKey } from "../../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { adoptionObstacle, differs, mismatchesOf } from "../../shared/adopt.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import type { ObservedGroup } from "./series.ts";
import { find, groupOutputs, heldKey, type Work, whenRunning, workOn } from "./work.ts";

/** Times a create is sent again after an answer was lost and the group is seen not to be there. */
const LOST_ANSWERS_MAX = 5;

/**
 * Makes the group, or takes it over with `adoptExisting` or when an earlier run has left it behind, and waits until it
 * can be used. Its name is its id, so after a lost answer a look tells whether the work was done.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const work = workOn(session, props);
  const { name } = work.inputs;
  const key = createKey(work);
  const isLeft = session.unfinished.find(key) !== undefined;
  const present = await find(work);
  if (present === undefined) await make(work, key);
  else await takeOver(work, key, present, isLeft);
  session.memory.hold(heldKey(work));
  session.unfinished.made(key, name);
  session.unfinished.handOver(key);
  try {
    const group = await whenRunning(work, deadlineMs(session, props, "create"));
    return { id: name, outs: await groupOutputs(work, group) };
  } catch (error) {
    const outs = await groupOutputs(work, present ?? { state: "CREATING", drift: {} });
    throw new PartialError(name, outs, error);
  }
}

async function make(work: Work, key: CreateKey): Promise<void> {
  const { session, inputs, series } = work;
  session.unfinished.begin(key, { name: inputs.name });
  for (let lost = 0; ; lost += 1) {
    try {
      await series.create(session, inputs);
      return;
    } catch (error) {
      const mayBeDone = error instanceof ApiError && error.mayHaveWorked;
      if (!mayBeDone && lost === 0) session.unfinished.forget(key);
      const isTaken = series.isTaken(error);
      if (!mayBeDone && !(isTaken && lost > 0)) throw isTaken ? taken(work) : explained(work, error);
      // Nobody had the name before, so the group that has it now is the one that was asked for.
      if ((await find(work)) !== undefined) return;
      if (lost >= LOST_ANSWERS_MAX) throw error;
    }
  }
}

async function takeOver(work: Work, key: CreateKey, present: ObservedGroup, isOwn: boolean): Promise<void> {
  const { session, inputs, series } = work;
  if (!isOwn && inputs.adoptExisting !== true && !session.settings.adoptsExisting) throw taken(work);
  const obstacle = isOwn ? undefined : adoptionObstacle(session, work.urn, heldKey(work));
  if (obstacle !== undefined) throw notTakenOver(work, obstacle);
  const fixed = series.update === undefined ? Object.keys(present.drift) : [];
  if (fixed.length > 0) {
    const what = `the consumer group "${inputs.name}" of instance ${inputs.instance}`;
    throw differs(what, mismatchesOf(present.drift, inputs as unknown as Properties, fixed));
  }
  if (isOwn) session.unfinished.made(key, inputs.name);
  else session.memory.holders.takeOver(heldKey(work));
  if (Object.keys(present.drift).length > 0 && series.update !== undefined) {
    await series.update(session, inputs);
  }
  const how = isOwn ? "went on with what an interrupted run had made," : "took over";
  session.log.info(`${how} the consumer group "${inputs.name}" of instance ${inputs.instance}`, work.urn);
}

function createKey({ session, inputs, urn }: Work): CreateKey {
  const product = inputs.version === "4.x" ? "ons" : "rocketmq";
  return {
    urn,
    address: session.settings.endpointOf(product, inputs.region).address,
    region: inputs.region,
    within: inputs.instance,
  };
}

/** RMQ-1. */
function taken({ inputs }: Work): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `the name "${inputs.name}" is taken: instance ${inputs.instance} has a consumer group of this name` +
      (inputs.version === "4.x"
        ? ", or it has no namespace and another instance has one, or a topic has it"
        : "") +
      ". Set adoptExisting: true to take over a group of this instance (CHANGE_TRACKING_ADOPT_EXISTING=true does it for " +
      "one run), give another name, or, if the resource was renamed in the program, add an alias [RMQ-1]",
  );
}

function notTakenOver({ inputs }: Work, obstacle: string): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `instance ${inputs.instance} already has a consumer group "${inputs.name}", and it is not taken over: ${obstacle} [RMQ-1]`,
  );
}

function explained({ inputs }: Work, error: unknown): unknown {
  const { afterLastRetry: after } = inputs;
  if (typeof after !== "object" || !(error instanceof ApiError) || !/deadLetter/i.test(error.message))
    return error;
  return new ProviderError(
    "NotFound",
    `instance ${inputs.instance} has no topic "${after.deadLetterTopic}" for dead letters; make it first (CreateTopic), ` +
      "then run `pulumi up` again [RMQ-4]",
    { cause: error },
  );
}
