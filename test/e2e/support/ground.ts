import { type Caller, callerOf } from "../../service/dts/support/clients.ts";
import type { RunResult } from "../../support/e2e.ts";
import { startService, type TestService } from "../../support/service.ts";

/** What the service itself says of a group, by an official client. */
export interface SeenGroup {
  id: string;
  name: string;
  account: string;
}

/** A service with an official client beside the provider: what a program did is looked up past the program. */
export interface Ground {
  service: TestService;
  /** The configuration that sends a stack here. */
  config: Record<string, string>;
  call: Caller;
  /** The ids of all instances. */
  instances(): Promise<string[]>;
  /** The only instance there is; fails otherwise. */
  onlyInstance(): Promise<string>;
  /** The groups of an instance by name. */
  groups(instance: string): Promise<Record<string, SeenGroup>>;
  groupNames(instance: string): Promise<string[]>;
  tags(instance: string): Promise<Record<string, string>>;
  /** A Normal instance made by hand, as somebody else would. */
  makeInstance(name: string): Promise<string>;
  /** A group made by hand; returns its id. */
  makeGroup(instance: string, name: string, account?: string): Promise<string>;
  deleteGroup(instance: string, id: string): Promise<void>;
}

interface Job {
  DtsInstanceID: string;
  Status: string;
}

interface Channel {
  ConsumerGroupId: string;
  ConsumerGroupName: string;
  ConsumerGroupUserName: string;
}

const LOOKS_MAX = 100;

export async function startGround(settings: Parameters<typeof startService>[0] = {}): Promise<Ground> {
  const service = await startService(settings);
  const call = callerOf("openapi-client V3", service.url);
  const region = { RegionId: "cn-hangzhou" };

  const jobs = async (): Promise<Job[]> => {
    const answer = await call("DescribeDtsJobs", { ...region, JobType: "subscribe", PageSize: 100 });
    return (answer.DtsJobList ?? []) as Job[];
  };
  const groups: Ground["groups"] = async (instance) => {
    const asked = { ...region, DtsInstanceId: instance, PageNumber: 1, PageSize: 100 };
    const { ConsumerChannels = [] } = (await call("DescribeConsumerChannel", asked)) as {
      ConsumerChannels?: Channel[];
    };
    const seen = ConsumerChannels.map((one) => ({
      id: one.ConsumerGroupId,
      name: one.ConsumerGroupName,
      account: one.ConsumerGroupUserName,
    }));
    return Object.fromEntries(seen.map((one) => [one.name, one]));
  };

  return {
    service,
    config: { "changetracking:endpoint": service.url },
    call,
    instances: async () => (await jobs()).map((job) => job.DtsInstanceID),
    onlyInstance: async () => {
      const all = await jobs();
      if (all.length !== 1 || !all[0]) throw new Error(`not one instance but ${all.length}`);
      return all[0].DtsInstanceID;
    },
    groups,
    groupNames: async (instance) => Object.keys(await groups(instance)).sort(),
    tags: async (instance) => {
      const asked = { ...region, ResourceType: "ALIYUN::DTS::INSTANCE", ResourceId: [instance] };
      const { TagResources } = (await call("ListTagResources", asked)) as {
        TagResources?: { TagResource?: { TagKey: string; TagValue: string }[] };
      };
      const all = TagResources?.TagResource ?? [];
      return Object.fromEntries(all.map((tag) => [tag.TagKey, tag.TagValue]));
    },
    makeInstance: async (name) => {
      const made = await call("CreateDtsInstance", {
        ...region,
        Type: "subscribe",
        SourceRegion: "cn-hangzhou",
        SourceEndpointEngineName: "MySQL",
        PayType: "PostPaid",
        Quantity: 1,
      });
      const DtsInstanceId = String(made.InstanceId);
      await call("ConfigureSubscription", {
        ...region,
        DtsInstanceId,
        DtsJobName: name,
        DbList: JSON.stringify({ shop: { name: "shop", all: true } }),
        SubscriptionDataTypeDML: true,
        SubscriptionDataTypeDDL: true,
        SubscriptionInstanceNetworkType: "classic",
        SourceEndpointEngineName: "MySQL",
        SourceEndpointInstanceType: "RDS",
        SourceEndpointRegion: "cn-hangzhou",
        SourceEndpointInstanceID: "rm-1",
        SourceEndpointUserName: "reader",
        SourceEndpointPassword: "Sourc3-pw-5512",
      });
      await call("StartDtsJob", { ...region, DtsInstanceId });
      for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
        const found = (await jobs()).find((job) => job.DtsInstanceID === DtsInstanceId);
        if (found?.Status === "Normal") return DtsInstanceId;
      }
      throw new Error(`instance ${DtsInstanceId} did not become Normal`);
    },
    makeGroup: async (instance, name, account = `h_${name.replace(/\W/g, "_")}`.slice(0, 16)) => {
      const made = await call("CreateConsumerChannel", {
        ...region,
        DtsInstanceId: instance,
        ConsumerGroupName: name,
        ConsumerGroupUserName: account,
        ConsumerGroupPassword: "By-hand-7391",
      });
      return String(made.ConsumerGroupID);
    },
    deleteGroup: async (DtsInstanceId, ConsumerGroupId) => {
      await call("DeleteConsumerChannel", { ...region, DtsInstanceId, ConsumerGroupId });
    },
  };
}

/** What a run did, as `name op` in order of name: the shortest thing to compare. */
export function did(run: RunResult): string[] {
  return run.changed.map(({ name, outcome }) => `${name} ${outcome}`).sort();
}

/** Ids in a state, by logical name. */
export function idsOf(state: readonly { urn: string; id?: string }[]): Record<string, string> {
  return Object.fromEntries(state.map(({ urn, id }) => [urn.split("::").at(-1) ?? urn, id ?? ""]));
}
