import { z } from "zod";
import { addressBlock } from "../limits/address.ts";
import { flag, integer, list, optional, text } from "../params.ts";
import { done, outcome, page, rocketmqAction } from "./actions-of.ts";
import { instanceDetail, listedInstance } from "./instance-fields.ts";
import { orderRequest, ratio, SEND_RECEIVE_RATIO } from "./order.ts";
import {
  changedRemark,
  instanceParams,
  instanceType,
  numeric,
  pageParams,
  tagsParam,
  words,
} from "./params.ts";

const PATH = "/instances/{instanceId}";

/** One clientToken buys one instance, however often it is sent. */
export const createInstance = rocketmqAction({
  name: "CreateInstance",
  kind: "write",
  summary: "Buys an instance; a repeated clientToken buys nothing twice.",
  source: "https://help.aliyun.com/document_detail/440386.html",
  coverage: "whole",
  route: { method: "POST", path: "/instances" },
  request: orderRequest,
  answer: { ...outcome, data: "string" },
});

/** What is not given is kept; the instance is CHANGING for a while. */
export const updateInstance = rocketmqAction({
  name: "UpdateInstance",
  kind: "write",
  summary: "Changes name, remark, access control and product settings of an instance.",
  coverage: "whole",
  route: { method: "PATCH", path: PATH },
  request: () =>
    z.object({
      ...instanceParams(),
      instanceName: optional(text()),
      remark: changedRemark(),
      productInfo: optional(
        z.object({
          autoScaling: optional(flag()),
          messageRetentionTime: optional(integer({ min: 1 })),
          sendReceiveRatio: optional(numeric(ratio(SEND_RECEIVE_RATIO.update))),
          traceOn: optional(flag()),
        }),
      ),
      networkInfo: optional(
        z.object({ internetInfo: optional(z.object({ ipWhitelist: optional(list(addressBlock)) })) }),
      ),
      aclInfo: optional(
        z.object({ aclTypes: optional(list(z.string())), defaultVpcAuthFree: optional(flag()) }),
      ),
    }),
  answer: done,
});

export const updateInstanceSoftware = rocketmqAction({
  name: "UpdateInstanceSoftware",
  kind: "write",
  summary: "Sets the maintenance time of an instance; not published, sent by infrastructure tools.",
  source: "Not published: the name is chosen, method and path are those that infrastructure tools use.",
  coverage: "whole",
  route: { method: "PATCH", path: `${PATH}/software/config` },
  request: () =>
    z.object({
      ...instanceParams(),
      maintainTime: optional(
        text(z.string().regex(/^\d\d:\d\d-\d\d:\d\d$/, { error: "must be HH:mm-HH:mm" })),
      ),
    }),
  answer: done,
});

export const deleteInstance = rocketmqAction({
  name: "DeleteInstance",
  kind: "write",
  summary: "Deletes a pay-as-you-go instance with its topics and groups.",
  coverage: "whole",
  route: { method: "DELETE", path: PATH },
  request: () => z.object(instanceParams()),
  answer: done,
});

export const getInstance = rocketmqAction({
  name: "GetInstance",
  kind: "read",
  summary: "Shows an instance.",
  coverage: {
    missing:
      "no bid, endpointId, zoneId, releaseTime; of instanceQuotas no freeCount and totalCount: no limit is known",
  },
  route: { method: "GET", path: PATH },
  request: () => z.object(instanceParams()),
  answer: { ...outcome, data: instanceDetail },
});

/** Oldest first; `filter` is a part of id, name or remark. */
export const listInstances = rocketmqAction({
  name: "ListInstances",
  kind: "read",
  summary: "Lists instances, by name, tags, edition or resource group.",
  coverage: { missing: "no releaseTime: what is released is not listed" },
  route: { method: "GET", path: "/instances" },
  request: () =>
    z.object({
      regionId: optional(text()),
      filter: optional(text()),
      resourceGroupId: optional(text()),
      seriesCodes: optional(words()),
      storageSecretKey: optional(text()),
      tags: optional(tagsParam(0)),
      ...pageParams({ min: 10, max: 200 }),
    }),
  answer: { ...outcome, data: { ...page, list: [listedInstance] } },
});

export const changeResourceGroup = rocketmqAction({
  name: "ChangeResourceGroup",
  kind: "write",
  summary: "Moves an instance to another resource group.",
  coverage: "whole",
  route: { method: "POST", path: "/resourceGroup/change" },
  request: () =>
    z.object({
      regionId: optional(text()),
      resourceGroupId: text(),
      resourceId: text(),
      resourceType: instanceType(),
    }),
  answer: done,
});
