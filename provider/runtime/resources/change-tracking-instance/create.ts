import { DtsApi } from "../../api/dts.ts";
import { createResource } from "../../create.ts";
import type { Session } from "../../host/session.ts";
import type { CreateResult, Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { findAdoptable } from "./adopt.ts";
import { converge } from "./converge.ts";
import { emptyInstances, type InstanceIds } from "./empty.ts";
import { instanceInputs, instanceOutputs, KIND } from "./inputs.ts";
import { findOrdered, order } from "./order.ts";
import { findUnfinished } from "./unfinished.ts";

/** `isLeft`: an earlier run of this resource had bought it. */
type Obtained = InstanceIds & { readonly isLeft?: true };

/**
 * Buys an instance, configures and starts it and waits until it is Normal. Orders of one run go one after the other,
 * so that they cannot be taken for each other: until it is configured an instance has no name.
 */
export async function createInstance(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = instanceInputs(session, props);
  const { region } = inputs;
  const api = new DtsApi(session.api, region);
  const untilMs = deadlineMs(session, props, "create");
  const what = ({ instanceId }: Obtained) => `the change tracking instance "${inputs.name}" (${instanceId})`;
  let before: readonly string[] = [];
  return createResource<Obtained>({
    session,
    urn: session.memory.urnOf(KIND, inputs),
    product: "dts",
    region,
    within: inputs.source.engine,
    adoptExisting: inputs.adoptExisting,
    queue: `buy ${region}`,
    idOf: ({ instanceId }) => instanceId,

    async find(left, adopts) {
      const adopted = adopts ? await findAdoptable(session, api, inputs) : undefined;
      if (adopted !== undefined || left === undefined) return adopted;
      const own = await findUnfinished(session, api, inputs, left);
      return own && { ...own, isLeft: true };
    },
    isOwn: ({ isLeft }) => isLeft === true,
    done: (found, how) =>
      found.isLeft
        ? `went on with the instance ${found.instanceId} that an interrupted run had bought`
        : `${how} ${what(found)}`,
    notTakenOver: (found, obstacle) => `${what(found)} exists already, and it is not taken over: ${obstacle}`,

    async facts() {
      before = (await emptyInstances(api, inputs)).map((job) => job.DtsInstanceID ?? "");
      return { before };
    },
    send: () => order(api, inputs),
    findMade: (failure) => findOrdered(session, api, inputs, before, failure),

    async finish({ instanceId, jobId }) {
      const wanted = { instanceId, jobId, inputs, untilMs, isPasswordNew: true };
      return instanceOutputs(inputs, await converge(session, api, wanted));
    },
    unfinished: ({ instanceId, jobId }) => ({ ...inputs, instanceId, jobId }),
  });
}
