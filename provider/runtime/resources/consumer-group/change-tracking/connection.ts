import { DtsApi } from "../../../api/dts.ts";
import type { Session } from "../../../host/session.ts";
import { usableAddresses } from "../../../observe/address.ts";
import type { GroupPlace, ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { Properties } from "../../../resource.ts";

/** Topic and addresses of an instance hardly change: one look serves all groups of a run. */
const INSTANCE_MS_MAX = 60_000;

/** What a Kafka client sets to read as the group. Undefined when the instance tells nothing: a hint fails nothing. */
export async function connectionOf(
  session: Session,
  { region, instance }: GroupPlace,
  group: ObservedGroup,
): Promise<Properties | undefined> {
  const age = { clock: session.clock, ageMsMax: INSTANCE_MS_MAX };
  const ask = () => new DtsApi(session.api, region).jobDetail({ DtsInstanceID: instance });
  try {
    const detail = await session.memory.once(`connection ${region} ${instance}`, ask, { age });
    const { PublicHost, VpcHost, PrivateHost } = detail.SubscriptionHost ?? {};
    return {
      protocol: "Kafka (SASL/PLAIN)",
      endpoints: usableAddresses([
        ["public", PublicHost],
        ["vpc", VpcHost],
        ["internal", PrivateHost],
      ]),
      ...(detail.SubscribeTopic ? { topic: detail.SubscribeTopic } : {}),
      groupId: group.id,
      userName: `${group.account}-${group.id}`,
    };
  } catch {
    return undefined;
  }
}
