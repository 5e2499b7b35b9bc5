import type { Session } from "../../../host/session.ts";
import type { Properties, ReadResult } from "../../../resource.ts";
import { pick } from "../../shared/inputs.ts";
import { contextOf, type GroupContext } from "./context.ts";
import { groupInputs, INPUT_KEYS, type StateSubscription, wantedTypes } from "./inputs.ts";
import { allRelations, findGroup, type Relation, statusOf } from "./observe.ts";
import { groupOutputs } from "./outputs.ts";

const GONE: ReadResult = { id: "", props: {} };

/**
 * The group as it is now. A product that was subscribed by hand comes back marked as not declared, so that the next
 * preview shows it and a delete does not take it for the program's own.
 */
export async function readGroup(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const context = contextOf(session, props);
  const group = await findGroup(context.api, id);
  if (group === undefined) return GONE;
  const relations = (await allRelations(session, context.place)).filter((one) => one.groupIds.includes(id));
  for (const own of [context.made, context.shared]) {
    for (const productKey of own) {
      if (!relations.some((one) => one.productKey === productKey)) own.delete(productKey);
    }
  }
  const isManaged = groupInputs(session, props).groupId !== undefined;
  const subscriptions = relations.map((relation) => kept(context, relation, isManaged));
  const { status } = await statusOf(context.api, id);
  const outputs = groupOutputs(context, { id, name: group.GroupName ?? "", subscriptions, status });
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}

function kept({ inputs, made }: GroupContext, relation: Relation, isManaged: boolean): StateSubscription {
  const { productKey, messageTypes } = relation;
  const known = inputs.subscriptions?.find((one) => one.productKey === productKey);
  if (known === undefined) {
    return { productKey, messageTypes: [...messageTypes], ...(isManaged ? { notDeclared: true } : {}) };
  }
  const isAsDeclared = [...wantedTypes(known)].sort().join() === messageTypes.join();
  return isAsDeclared || !made.has(productKey) ? known : { ...known, messageTypes: [...messageTypes] };
}
