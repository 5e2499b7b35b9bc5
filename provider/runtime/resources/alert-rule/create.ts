import { listed } from "../../../../contract/limits/message.ts";
import { ALERT_PRODUCTS } from "../../../schema/alert-rule.ts";
import { ApiError } from "../../api/errors.ts";
import { PartialError, ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { listRules } from "../../observe/alert-rules.ts";
import type { CreateKey } from "../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { adoptionObstacle, differs, mismatchesOf } from "../shared/adopt.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import type { Observed } from "./seen.ts";
import { finish, outputsNow, putRule } from "./sync.ts";
import { observe, ruleIdFor, type Work, workOn } from "./work.ts";

/** Ids that are tried for one rule: each but the first only where a renamed rule still has the one before. */
const TURNS_MAX = 9;

/**
 * Makes the rule under an id that was seen to be free, or takes over the one that has it (or, with `adoptExisting`,
 * the only one of the same name and metric). An id that somebody's rule has is refused: the put would overwrite it.
 */
export async function createRule(session: Session, props: Properties): Promise<CreateResult> {
  const work = workOn(session, props);
  const untilMs = deadlineMs(session, props, "create");
  const key = createKey(work);
  const { ruleId, present } = await place(work, key);
  session.unfinished.begin(key, { ruleId });
  try {
    await putRule(work, ruleId, present);
  } catch (error) {
    const isMade = present !== undefined;
    if (!isMade && !(error instanceof ApiError && error.mayHaveWorked)) session.unfinished.forget(key);
    if (!isMade) throw error;
    // Taken over already as far as it went; the next up does the rest.
    throw new PartialError(ruleId, await outputsNow(work, ruleId), error);
  }
  session.memory.hold(ruleId);
  session.unfinished.made(key, ruleId);
  session.unfinished.handOver(key);
  const outs = await finish(work, { ruleId, before: undefined, untilMs });
  return { id: ruleId, outs };
}

interface Place {
  readonly ruleId: string;
  readonly present: Observed | undefined;
}

async function place(work: Work, key: CreateKey): Promise<Place> {
  const { session, inputs, api } = work;
  const left = session.unfinished.find(key)?.facts.ruleId;
  if (typeof left === "string") {
    const present = await observe(api, left);
    if (present !== undefined) {
      // Or had taken over: the notes do not tell.
      session.memory.holders.takeOver(left);
      say(work, "went on with what an interrupted run had made,", left);
    }
    return { ruleId: left, present };
  }
  const adopts = inputs.adoptExisting === true || session.settings.adoptsExisting;
  if (adopts) {
    const found = await sameName(work);
    if (found !== undefined) {
      session.memory.holders.takeOver(found.ruleId);
      say(work, "took over", found.ruleId);
      return found;
    }
  }
  for (let turn = 1; turn <= TURNS_MAX; turn += 1) {
    const ruleId = ruleIdFor(inputs, turn);
    const present = await observe(api, ruleId);
    if (present === undefined) return { ruleId, present };
    if (present.rule.RuleName !== inputs.name || session.memory.holders.isReplacedBy(ruleId, work.urn))
      continue;
    throw adopts ? otherRule(work, ruleId, present) : taken(work, ruleId);
  }
  throw taken(work, ruleIdFor(inputs, TURNS_MAX));
}

/** The one rule of this name on this metric, whoever has made it. */
async function sameName({ session, api, inputs, urn }: Work): Promise<Place | undefined> {
  const { name, product, metric } = inputs;
  const filter = { RuleName: name, Namespace: ALERT_PRODUCTS[product], MetricName: metric };
  // The filter is a search for a part of the name.
  const found = (await listRules(api, filter)).filter(
    (rule) => rule.RuleName === name && rule.MetricName === metric,
  );
  // Names need not be unique: one that is replaced, or that another resource has, is passed over.
  const ids = found
    .flatMap(({ RuleId }) => RuleId ?? [])
    .filter((id) => adoptionObstacle(session, urn, id) === undefined);
  const [ruleId] = ids;
  if (ruleId === undefined) return undefined;
  if (ids.length > 1) {
    throw new ProviderError(
      "AmbiguousCreate",
      `several alert rules on ${metric} are called "${name}": ${listed(ids, "and")}; none was changed. Give all but one ` +
        "another name, or leave adoptExisting out",
    );
  }
  const present = await observe(api, ruleId);
  return present && { ruleId, present };
}

/** Under the id of this rule is one on another metric, or one that another resource has. */
function otherRule({ session, inputs, urn }: Work, ruleId: string, { rule }: Observed): ProviderError {
  const what = `the alert rule "${inputs.name}" (${ruleId})`;
  const obstacle = adoptionObstacle(session, urn, ruleId);
  if (obstacle !== undefined) {
    return new ProviderError(
      "AlreadyExists",
      `${what} exists already, and it is not taken over: ${obstacle}`,
    );
  }
  const present = { product: rule.Namespace, metric: rule.MetricName };
  const wanted = { product: ALERT_PRODUCTS[inputs.product], metric: inputs.metric };
  return differs(what, mismatchesOf(present, wanted, ["product", "metric"]));
}

function say({ session, inputs, urn }: Work, how: string, ruleId: string): void {
  session.log.info(`${how} the alert rule "${inputs.name}" (${ruleId})`, urn);
}

function createKey({ session, inputs, urn }: Work): CreateKey {
  return {
    urn,
    address: session.settings.endpointOf("cms", inputs.region).address,
    region: inputs.region,
    within: `alert rule ${ruleIdFor(inputs, 1)}`,
  };
}

function taken({ inputs }: Work, ruleId: string): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `there is already an alert rule "${inputs.name}" on ${inputs.metric} (${ruleId}), and nothing was changed: making ` +
      "this one would overwrite it. Set adoptExisting: true to take it over (CHANGE_TRACKING_ADOPT_EXISTING=true does " +
      "it for one run, after one on another machine was cut off), give another name, or, if the resource was renamed " +
      "in the program, add an alias",
  );
}
