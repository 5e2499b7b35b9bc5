/*
 * One endpoint, clients of two kinds: older ones send RegionId, generated ones have the region in their host. What
 * one makes the other must see; a read that names no region sees all.
 */
import dns from "node:dns";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { regionOfCall, regionOfHost } from "../../service/core/http/region.ts";
import { startService, type TestService } from "../support/service.ts";
import { clients, type Outcome, type RpcCall } from "./core/support/clients.ts";

const old = clients["pop-core POST"];
const generated = clients["openapi-client V3"];
let service: TestService;

beforeAll(async () => {
  service = await startService();
  // Published hosts lead to the service, as they do in a cluster that rewrites them.
  const real = dns.lookup;
  vi.spyOn(dns, "lookup").mockImplementation(((host: string, ...rest: unknown[]) =>
    (real as (...all: unknown[]) => void)(
      host.endsWith(".aliyuncs.com") ? "127.0.0.1" : host,
      ...rest,
    )) as never);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await service.stop();
});

const target = (host: string) => ({ endpoint: `${host}:${service.port}`, ...service.key });
const bodyOf = ({ body, ...failure }: Outcome) => {
  if (!body) throw Object.assign(new Error(failure.message), failure);
  return body as Record<string, never>;
};
/** An older client at the one address; the region is a parameter. */
const sent = async (RegionId: string, call: RpcCall) =>
  bodyOf((await old?.rpc(target("127.0.0.1"), { ...call, query: { RegionId, ...call.query } })) ?? {});
/** A generated client; the region, if any, is in the host. */
const at = async (host: string, call: RpcCall) => bodyOf((await generated?.rpc(target(host), call)) ?? {});

it("the region of a host: published hosts have it, central ones and addresses do not", () => {
  const regions = {
    "dts.cn-hangzhou.aliyuncs.com": "cn-hangzhou",
    "rocketmq.us-east-1.aliyuncs.com:8780": "us-east-1",
    "eventbridge-console.cn-shanghai-finance-1.aliyuncs.com": "cn-shanghai-finance-1",
    "dts-vpc.cn-beijing.aliyuncs.com": "cn-beijing",
    "ons.cn-beijing-vpc.aliyuncs.com": "cn-beijing",
    "iot.cn-shanghai.localhost:80": "cn-shanghai",
    "DTS.CN-HANGZHOU.ALIYUNCS.COM": "cn-hangzhou",
    "dts.aliyuncs.com": undefined,
    "dts.vpc-proxy.aliyuncs.com": undefined,
    "127.0.0.1:8780": undefined,
    localhost: undefined,
    "dts.cn-hangzhou.example.com": undefined,
    "": undefined,
  };
  for (const [host, region] of Object.entries(regions)) expect(regionOfHost(host), host).toBe(region);
});

it("a parameter goes before the host, the host before the header, and the settings come last", () => {
  const headers = { host: "iot.cn-beijing.aliyuncs.com", "x-acs-region-id": "cn-shenzhen" };
  expect(regionOfCall({ RegionId: "cn-qingdao" }, headers, "cn-hangzhou")).toEqual({
    region: "cn-qingdao",
    from: "parameter",
  });
  expect(regionOfCall({ RegionId: "" }, headers, "cn-hangzhou")).toMatchObject({ region: "cn-beijing" });
  expect(regionOfCall({}, { ...headers, host: "localhost" }, "x")).toMatchObject({ region: "cn-shenzhen" });
  expect(regionOfCall({}, {}, "cn-hangzhou")).toEqual({ region: "cn-hangzhou", from: "setting" });
});

interface Kind {
  readonly host: string;
  readonly make: (name: string) => RpcCall;
  readonly list: RpcCall;
  readonly names: (answer: Record<string, never>) => string[];
}

const kinds: Record<string, Kind> = {
  "a group of IoT": {
    host: "iot",
    make: (GroupName) => ({ version: "2018-01-20", action: "CreateConsumerGroup", query: { GroupName } }),
    list: {
      version: "2018-01-20",
      action: "QueryConsumerGroupList",
      query: { PageSize: "50", CurrentPage: "1" },
    },
    names: ({ Data }) => fields(Data, "ConsumerGroupDTO", "GroupName"),
  },
  "an instance of RocketMQ 4.x": {
    host: "ons",
    make: (InstanceName) => ({
      version: "2019-02-14",
      action: "OnsInstanceCreate",
      query: { InstanceName },
    }),
    list: { version: "2019-02-14", action: "OnsInstanceInServiceList" },
    names: ({ Data }) => fields(Data, "InstanceVO", "InstanceName"),
  },
  "a change tracking instance": {
    host: "dts",
    make: (InstanceClass) => ({
      version: "2020-01-01",
      action: "CreateDtsInstance",
      query: {
        Type: "SUBSCRIBE",
        PayType: "PostPaid",
        SourceEndpointEngineName: "MySQL",
        InstanceClass: InstanceClass && "large",
      },
    }),
    list: { version: "2020-01-01", action: "DescribeDtsInstances" },
    names: (answer) => fields(answer, "DtsInstanceStatusList", "DtsInstanceID"),
  },
};

function fields(holder: unknown, list: string, field: string): string[] {
  const rows = (holder as Record<string, Record<string, string>[]>)[list] ?? [];
  return rows.map((row) => String(row[field])).filter((name) => name !== "DEFAULT_GROUP");
}

describe.each(Object.entries(kinds))("%s", (_, { host, make, list, names }) => {
  it("is seen by the other kind of client in its region, and by one that names none", async () => {
    const shanghai = `${host}.cn-shanghai.aliyuncs.com`;
    await sent("cn-shanghai", make("made_old"));
    await at(shanghai, make("made_new"));
    await at("127.0.0.1", make("made_here"));
    const both = names(await sent("cn-shanghai", list));
    expect(both).toHaveLength(2);
    expect(names(await at(shanghai, list))).toEqual(both);
    expect(names(await at(`${host}-vpc.cn-shanghai.aliyuncs.com`, list))).toEqual(both);
    expect(names(await at(`${host}.cn-beijing.aliyuncs.com`, list))).toEqual([]);
    expect(names(await at(`${host}.cn-hangzhou.aliyuncs.com`, list))).toHaveLength(1);
    expect(names(await at("127.0.0.1", list))).toHaveLength(3);
    expect(names(await at(`${host}.aliyuncs.com`, list))).toHaveLength(3);
  });
});

it("a route call has its region in the host too", async () => {
  const networkInfo = {
    vpcInfo: { vpcId: "vpc-1", vSwitchId: "vsw-1" },
    internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
  };
  const body = {
    serviceCode: "rmq",
    seriesCode: "standard",
    subSeriesCode: "cluster_ha",
    paymentType: "PayAsYouGo",
    networkInfo,
  };
  const route = { version: "2022-08-01", path: "/instances" };
  const shanghai = target("rocketmq.cn-shanghai.aliyuncs.com");
  bodyOf((await generated?.roa(shanghai, { ...route, method: "POST", body })) ?? {});
  const count = async (...[client, where, query]: [typeof old, typeof shanghai, Record<string, string>?]) => {
    const all = { pageNumber: "1", pageSize: "10", ...query };
    const { data } = bodyOf((await client?.roa(where, { ...route, method: "GET", query: all })) ?? {});
    return (data as unknown as { totalCount: number }).totalCount;
  };
  expect(await count(generated, shanghai)).toBe(1);
  expect(await count(old, target("127.0.0.1"), { regionId: "cn-shanghai" })).toBe(1);
  expect(await count(old, target("127.0.0.1"))).toBe(1);
  expect(await count(generated, target("rocketmq.cn-beijing.aliyuncs.com"))).toBe(0);
});

it("which region a call meant stands in the answer's header and in the journal", async () => {
  await at("iot.cn-shanghai.aliyuncs.com", kinds["a group of IoT"]?.list as RpcCall);
  await at("127.0.0.1", kinds["a group of IoT"]?.list as RpcCall);
  const { calls } = await service.admin("GET", "journal?limit=2");
  expect(calls).toMatchObject([
    { region: "cn-hangzhou", regionFrom: "setting" },
    { region: "cn-shanghai", regionFrom: "host" },
  ]);
  const answer = await fetch(`${service.url}/?Action=X&Version=2018-01-20&RegionId=cn-shanghai`);
  expect(answer.headers.get("x-change-tracking-region")).toBe("cn-hangzhou");
});
