import { DtsApi } from "../../../api/dts.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import { forgetGroups, listGroups } from "../../../observe/tracking-groups.ts";
import type { Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { explainGone } from "./gone.ts";
import { groupInputs, groupOutputs } from "./inputs.ts";
import { whenNormal } from "./normal.ts";

/** Sets what differs of name, account and password in one call; all else lives in the state only. */
export async function updateGroup(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const inputs = groupInputs(session, news);
  const api = new DtsApi(session.api, inputs.region);
  const groups = await listGroups(api, inputs.instance).catch((error) => {
    throw explainGone(inputs.instance, error);
  });
  const group = groups.find((one) => one.id === id);
  if (group === undefined) {
    throw new ProviderError(
      "NotFound",
      `the consumer group "${inputs.name}" (${id}) is not on instance ${inputs.instance} any more; ` +
        "run `pulumi refresh`, then `pulumi up` makes it again",
    );
  }
  const changes = {
    ...(group.name === inputs.name ? {} : { ConsumerGroupName: inputs.name }),
    ...(group.account === inputs.account ? {} : { ConsumerGroupUserName: inputs.account }),
    ...(olds.password === inputs.password ? {} : { ConsumerGroupPassword: inputs.password }),
  };
  if (Object.keys(changes).length > 0) {
    await whenNormal(session, inputs, deadlineMs(session, news, "update"), () =>
      api.modifyGroup({ DtsInstanceId: inputs.instance, ConsumerGroupId: id, ...changes }),
    );
    forgetGroups(session, inputs);
  }
  session.memory.hold(id);
  return groupOutputs(session, inputs, { ...group, name: inputs.name, account: inputs.account });
}
