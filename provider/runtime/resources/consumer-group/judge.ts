import { ENGINES } from "../../../../contract/limits/engines.ts";
import type { Violation } from "../../../../contract/validation/violation.ts";
import { consumerGroup } from "../../../schema/consumer-group.ts";
import { judge } from "../../../schema/unknown.ts";
import type { Session } from "../../host/session.ts";
import type { KnownIdentity, Properties } from "../../resource.ts";
import { withDefaults } from "../shared/inputs.ts";

/** The inputs with name and region. */
export function completedGroup(session: Session, identity: KnownIdentity, news: Properties): Properties {
  return withDefaults(news, {
    name: identity.logicalName,
    region: identity.region ?? session.settings.region,
  });
}

/** By the schema. */
export function groupViolations(identity: KnownIdentity, inputs: Properties): Violation[] {
  return judge(consumerGroup, withKnownEngine(inputs, identity));
}

/** The engine of the instance given as a resource is only judged with; it does not become an input. */
function withKnownEngine(inputs: Properties, identity: KnownIdentity): Properties {
  const { engine } = identity;
  if (inputs.platform !== "changeTracking" || inputs.engine !== undefined) return inputs;
  return engine !== undefined && Object.hasOwn(ENGINES, engine) ? { ...inputs, engine } : inputs;
}
