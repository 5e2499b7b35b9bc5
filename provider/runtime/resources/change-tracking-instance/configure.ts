import { ENGINES } from "../../../../contract/limits/engines.ts";
import { startSeconds } from "../../../schema/start-at.ts";
import { toDbList } from "../../api/db-list.ts";
import type { InstanceInputs } from "./inputs.ts";

/** The parameters of ConfigureSubscription; fields that were not given are left out. */
export function configuration(instanceId: string, inputs: InstanceInputs) {
  const { source } = inputs;
  return {
    DtsInstanceId: instanceId,
    DtsJobName: inputs.name,
    DbList: toDbList(inputs.objects),
    SubscriptionDataTypeDML: inputs.dataTypes?.dml ?? true,
    SubscriptionDataTypeDDL: inputs.dataTypes?.ddl ?? true,
    // Without a VPC there is nothing to give with `vpc`, which asks for both ids.
    SubscriptionInstanceNetworkType: inputs.network === undefined ? "classic" : "vpc",
    SourceEndpointEngineName: ENGINES[source.engine].configureName,
    SourceEndpointInstanceType: source.accessMethod,
    SourceEndpointRegion: inputs.region,
    ...given("SubscriptionInstanceVPCId", inputs.network?.vpcId),
    ...given("SubscriptionInstanceVSwitchId", inputs.network?.vSwitchId),
    ...given("SourceEndpointInstanceID", source.instanceId),
    ...given("SourceEndpointIP", source.host),
    ...given("SourceEndpointPort", source.port === undefined ? undefined : String(source.port)),
    ...given("SourceEndpointDatabaseName", source.databaseName),
    ...given("SourceEndpointUserName", source.user),
    ...given("SourceEndpointPassword", source.password),
    ...given("SourceEndpointOracleSID", source.oracleSid),
    ...given("Checkpoint", inputs.startAt === undefined ? undefined : startText(inputs.startAt)),
  };
}

function startText(startAt: number | string): string | undefined {
  const seconds = startSeconds(startAt);
  return seconds === undefined ? undefined : String(seconds);
}

function given(key: string, value: string | undefined): Record<string, string> {
  return value === undefined ? {} : { [key]: value };
}
