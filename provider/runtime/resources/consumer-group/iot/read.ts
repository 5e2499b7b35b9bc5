import type { Session } from "../../../host/session.ts";
import type { Properties, ReadResult } from "../../../resource.ts";
import { pick } from "../../shared/inputs.ts";
import { groupInputs, INPUT_KEYS, type KeptSubscription, wantedTypes } from "./inputs.ts";
import { allRelations, findGroup, type Relation, statusOf } from "./observe.ts";
import { groupOutputs } from "./outputs.ts";
import { type Work, workOn } from "./work.ts";

const GONE: ReadResult = { id: "", props: {} };

/**
 * The group as it is now. A product that was subscribed by hand comes back marked as not declared, so that the next
 * preview shows it and a delete does not take it for the program's own.
 */
export async function readGroup(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const work = workOn(session, props);
  const group = await findGroup(work.api, id);
  if (group === undefined) return GONE;
  const relations = (await allRelations(session, work.place)).filter((one) => one.groupIds.includes(id));
  for (const own of [work.made, work.shared]) {
    for (const productKey of own) {
      if (!relations.some((one) => one.productKey === productKey)) own.delete(productKey);
    }
  }
  const isManaged = groupInputs(session, props).groupId !== undefined;
  const subscriptions = relations.map((relation) => kept(work, relation, isManaged));
  const { status } = await statusOf(work.api, id);
  const outputs = groupOutputs(work, { id, name: group.GroupName ?? "", subscriptions, status });
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}

function kept({ inputs, made }: Work, relation: Relation, isManaged: boolean): KeptSubscription {
  const { productKey, messageTypes } = relation;
  const known = inputs.subscriptions?.find((one) => one.productKey === productKey);
  if (known === undefined) {
    return { productKey, messageTypes: [...messageTypes], ...(isManaged ? { notDeclared: true } : {}) };
  }
  const isAsDeclared = [...wantedTypes(known)].sort().join() === messageTypes.join();
  return isAsDeclared || !made.has(productKey) ? known : { ...known, messageTypes: [...messageTypes] };
}
