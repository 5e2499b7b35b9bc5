import { namesListed } from "../../../../contract/limits/message.ts";
import { ALERT_PRODUCTS } from "../../../schema/alert-rule.ts";
import { createResource } from "../../create.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { listRules } from "../../observe/alert-rules.ts";
import { adoptionObstacle, adoptionRefusedError, mismatchesOf } from "../../ownership/adopt.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { contextOf, observe, type RuleContext, ruleIdFor } from "./context.ts";
import type { Observed } from "./observed.ts";
import { finish, outputsNow, putRule } from "./sync.ts";

/** Ids that are tried for one rule: each but the first only where a renamed rule still has the one before. */
const TURNS_MAX = 9;

/** The id of a rule, and the rule that has it. */
interface Place {
  readonly ruleId: string;
  readonly present: Observed | undefined;
}

/**
 * Makes the rule under an id that was seen to be free, or takes over the one that has it (or, with `adoptExisting`,
 * the only one of the same name and metric). An id that somebody's rule has is refused: the put would overwrite it.
 */
export async function createRule(session: Session, props: Properties): Promise<CreateResult> {
  const context = contextOf(session, props);
  const { inputs } = context;
  const { name, metric, region } = inputs;
  const untilMs = deadlineMs(session, props, "create");
  let freeId = ruleIdFor(inputs, 1);
  const what = ({ ruleId }: Place) => `the alert rule "${name}" (${ruleId})`;
  return createResource<Place>({
    session,
    urn: context.urn,
    product: "cms",
    region,
    within: `alert rule ${freeId}`,
    adoptExisting: inputs.adoptExisting,
    idOf: ({ ruleId }) => ruleId,

    async find(left, adopts) {
      const place = await placeOf(context, left?.facts.ruleId, adopts);
      freeId = place.ruleId;
      return place.present && place;
    },
    isOwn: ({ ruleId }, left) => left.facts.ruleId === ruleId,
    mayTakeOver({ ruleId, present }, isOwn) {
      if (isOwn) return;
      const wanted = { product: ALERT_PRODUCTS[inputs.product], metric };
      const there = { product: present?.rule.Namespace, metric: present?.rule.MetricName };
      const mismatches = mismatchesOf(there, wanted, ["product", "metric"]);
      if (mismatches.length > 0) throw adoptionRefusedError(what({ ruleId, present }), mismatches);
    },
    done: (place, how) => `${how} ${what(place)}`,
    taken: ({ ruleId }) => taken(context, ruleId),
    notTakenOver: (place, obstacle) => `${what(place)} exists already, and it is not taken over: ${obstacle}`,

    facts: () => ({ ruleId: freeId }),
    async send() {
      await putRule(context, freeId);
      return { ruleId: freeId, present: undefined };
    },
    // A put is safe to repeat, so the client has done that already.
    findMade(error) {
      throw error;
    },

    async finish({ ruleId, present }) {
      if (present !== undefined) await putRule(context, ruleId, present);
      return finish(context, { ruleId, before: undefined, untilMs });
    },
    unfinished: ({ ruleId }) => outputsNow(context, ruleId),
  });
}

/** Where an interrupted run was to put it; or the rule to take over; or the first id that is free, else whoever has it. */
async function placeOf(context: RuleContext, left: unknown, adopts: boolean): Promise<Place> {
  const { session, api, inputs, urn } = context;
  if (typeof left === "string") return { ruleId: left, present: await observe(api, left) };
  const adopted = adopts ? await sameName(context) : undefined;
  if (adopted !== undefined) return adopted;
  for (let turn = 1; turn <= TURNS_MAX; turn += 1) {
    const ruleId = ruleIdFor(inputs, turn);
    const present = await observe(api, ruleId);
    const isPassedOver =
      present !== undefined &&
      (present.rule.RuleName !== inputs.name || session.memory.holders.isReplacedBy(ruleId, urn));
    if (!isPassedOver) return { ruleId, present };
  }
  throw new ProviderError("AlreadyExists", taken(context, ruleIdFor(inputs, TURNS_MAX)));
}

/** The one rule of this name on this metric, whoever has made it. */
async function sameName({ session, api, inputs, urn }: RuleContext): Promise<Place | undefined> {
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
      `several alert rules on ${metric} are called "${name}": ${namesListed(ids, "and")}; none was changed. Give all but one ` +
        "another name, or leave adoptExisting out",
    );
  }
  const present = await observe(api, ruleId);
  return present && { ruleId, present };
}

function taken({ inputs }: RuleContext, ruleId: string): string {
  return (
    `there is already an alert rule "${inputs.name}" on ${inputs.metric} (${ruleId}), and nothing was changed: making ` +
    "this one would overwrite it. Set adoptExisting: true to take it over (CHANGE_TRACKING_ADOPT_EXISTING=true does " +
    "it for one run, after one on another machine was cut off), give another name, or, if the resource was renamed " +
    "in the program, add an alias"
  );
}
