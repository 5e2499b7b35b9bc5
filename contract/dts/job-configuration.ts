import { z } from "zod";
import { holds, needs } from "../limits/condition.ts";
import { instanceName } from "../limits/dts.ts";
import {
  environmentLabel,
  networkConditions,
  phoneNumbers,
  trackingNetworkType,
} from "../limits/dts-task.ts";
import { sourceWord } from "../limits/source.ts";
import { clientToken } from "../limits/token.ts";
import { once } from "../once.ts";
import { flag, integer, optional, text, withDefault } from "../params.ts";
import { dtsAction } from "./actions-of.ts";
import { codedOutcome, statusOutcome } from "./outcomes.ts";
import {
  epochSeconds,
  jobIdParams,
  jobParams,
  networkParams,
  objectsText,
  oneWayParams,
  reservedText,
  sourceParams,
  trueByDefault,
} from "./params.ts";

/** What a task tracks and from where. */

const FURTHER = "test/service/dts/further.test.ts";
const phones = once(() => withDefault(text(phoneNumbers), ""));

/** Sources of other accounts are stored, not assumed. */
export const configureSubscription = dtsAction({
  name: "ConfigureSubscription",
  kind: "write",
  summary: "Sets what a task tracks and from where.",
  source: "https://help.aliyun.com/document_detail/264101.html",
  coverage: { missing: "Dedicated clusters, DU limits and certificates are ignored." },
  testedBy: ["test/service/dts/clients.test.ts", "test/service/dts/limits.test.ts"],
  request: () =>
    z
      .object({
        ...jobParams(),
        DbList: text(objectsText()),
        DtsJobName: text(instanceName),
        SubscriptionInstanceNetworkType: text(trackingNetworkType),
        SubscriptionInstanceVPCId: networkParams().VPCId,
        SubscriptionInstanceVSwitchId: networkParams().VSwitchId,
        SubscriptionDataTypeDDL: trueByDefault(),
        SubscriptionDataTypeDML: trueByDefault(),
        Checkpoint: optional(epochSeconds()),
        Reserve: withDefault(text(reservedText()), "{}"),
        SourceEndpointDatabaseName: sourceParams().DatabaseName,
        SourceEndpointEngineName: sourceParams().EngineName,
        SourceEndpointIP: sourceParams().IP,
        SourceEndpointPort: sourceParams().Port,
        SourceEndpointInstanceID: sourceParams().InstanceID,
        SourceEndpointInstanceType: sourceParams().InstanceType,
        SourceEndpointOracleSID: sourceParams().OracleSID,
        SourceEndpointOwnerID: sourceParams().OwnerID,
        SourceEndpointRole: sourceParams().Role,
        SourceEndpointRegion: optional(text()),
        SourceEndpointUserName: sourceParams().UserName,
        SourceEndpointPassword: sourceParams().Password,
        DelayNotice: optional(flag()),
        DelayPhone: phones(),
        DelayRuleTime: optional(integer({ min: 0 })),
        ErrorNotice: optional(flag()),
        ErrorPhone: phones(),
        DtsBisLabel: optional(environmentLabel),
      })
      .superRefine(
        holds((input) => [
          ...networkConditions(
            input.SubscriptionInstanceNetworkType,
            { vpcId: input.SubscriptionInstanceVPCId, vSwitchId: input.SubscriptionInstanceVSwitchId },
            { vpcId: ["SubscriptionInstanceVPCId"], vSwitchId: ["SubscriptionInstanceVSwitchId"] },
          ),
          needs(input.DelayNotice === true, input.DelayRuleTime, ["DelayRuleTime"], "with DelayNotice true"),
        ]),
      ),
  answer: { DtsInstanceId: "string", DtsJobId: "string", ...statusOutcome },
});

/** A running task is Modifying for a moment, then Normal again; its groups and offsets stay. */
export const modifySubscription = dtsAction({
  name: "ModifySubscription",
  kind: "write",
  summary: "Changes a task's objects and data types.",
  source: "https://www.alibabacloud.com/help/en/data-transmission-service/latest/modifysubscription",
  coverage: { missing: "ModifyType is ignored" },
  testedBy: [FURTHER],
  request: () =>
    z.object({
      ...jobParams(),
      DbList: optional(text(objectsText())),
      Reserved: optional(text(reservedText())),
      SubscriptionDataTypeDDL: optional(flag()),
      SubscriptionDataTypeDML: optional(flag()),
    }),
  answer: statusOutcome,
});

/** With ModifyTypeEnum=UPDATE_RESERVED only the reserved parameters are changed. */
export const modifyDtsJob = dtsAction({
  name: "ModifyDtsJob",
  kind: "write",
  summary: "Changes a task's objects or reserved parameters.",
  coverage: { missing: "ETL operators and the switches of synchronisations are ignored." },
  testedBy: [FURTHER, "test/service/dts/tokens.test.ts"],
  request: () =>
    z.object({
      ...oneWayParams(),
      DbList: optional(text(objectsText())),
      Reserved: optional(text(reservedText())),
      ClientToken: optional(text(clientToken)),
      ModifyTypeEnum: optional(z.literal("UPDATE_RESERVED", { error: "must be UPDATE_RESERVED" })),
    }),
  answer: {
    DtsJobId: "string",
    ErrCode: "string",
    // So it is published, a known mistake; the answer leaves it out.
    ErrMessage: "boolean",
    RequestId: "string",
    Status: "string",
    Success: "boolean",
  },
});

/** Names need not be unique. */
export const modifyDtsJobName = dtsAction({
  name: "ModifyDtsJobName",
  kind: "write",
  summary: "Renames a task.",
  coverage: "whole",
  testedBy: ["test/service/dts/clients.test.ts", "test/service/conformance/odd-values.test.ts"],
  request: () => z.object({ ...jobIdParams(), DtsJobName: text(instanceName) }),
  answer: codedOutcome,
});

/** Used at the next connection. As published the password must differ from the present one. */
export const modifyDtsJobPassword = dtsAction({
  name: "ModifyDtsJobPassword",
  kind: "write",
  summary: "Changes the account and password that a task uses at its source.",
  coverage: "whole",
  testedBy: [FURTHER],
  request: () =>
    z.object({
      ...oneWayParams(),
      Endpoint: text(z.literal("src", { error: "must be src: a change tracking task has no destination" })),
      UserName: text(sourceWord),
      Password: text(sourceWord),
    }),
  answer: codedOutcome,
});
