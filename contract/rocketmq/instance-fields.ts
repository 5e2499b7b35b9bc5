import type { AnswerShape } from "../answer.ts";

/** What every answer says of an instance. */
const instance = {
  commodityCode: "string",
  createTime: "string",
  expireTime: "string",
  groupCount: "integer",
  instanceId: "string",
  instanceName: "string",
  paymentType: "string",
  regionId: "string",
  releaseTime: "string",
  remark: "string",
  resourceGroupId: "string",
  seriesCode: "string",
  serviceCode: "string",
  startTime: "string",
  status: "string",
  subSeriesCode: "string",
  tags: [{ key: "string", value: "string" }],
  topicCount: "integer",
  updateTime: "string",
  userId: "string",
} as const;

/** An instance in a list. */
export const listedInstance = {
  ...instance,
  productInfo: { capacityType: "string", traceOn: "boolean" },
} as const satisfies AnswerShape;

const internet = { flowOutBandwidth: "integer", flowOutType: "string", internetSpec: "string" } as const;

const product = {
  autoScaling: "boolean",
  messageRetentionTime: "integer",
  msgProcessSpec: "string",
  sendReceiveRatio: "number",
  supportAutoScaling: "boolean",
} as const;

/** An instance whole; `extConfig` repeats what older clients read. */
export const instanceDetail = {
  ...instance,
  accountInfo: { username: "string" },
  aclInfo: { aclType: "string", aclTypes: ["string"], defaultVpcAuthFree: "boolean" },
  bid: "string",
  extConfig: { ...internet, ...product, aclType: "string" },
  instanceQuotas: [{ freeCount: "number", quotaName: "string", totalCount: "number", usedCount: "number" }],
  networkInfo: {
    endpoints: [
      { endpointId: "string", endpointType: "string", endpointUrl: "string", ipWhitelist: ["string"] },
    ],
    internetInfo: { ...internet, ipWhitelist: ["string"] },
    vpcInfo: {
      securityGroupIds: "string",
      vSwitchId: "string",
      vSwitches: [{ vSwitchId: "string", zoneId: "string" }],
      vpcId: "string",
    },
  },
  productInfo: {
    ...product,
    capacityType: "string",
    drReplicationMode: "string",
    provisionedCapacity: "integer",
    storageEncryption: "boolean",
    storageSecretKey: "string",
    traceOn: "boolean",
  },
  software: { maintainTime: "string", softwareVersion: "string", upgradeMethod: "string" },
} as const satisfies AnswerShape;
