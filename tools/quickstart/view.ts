import RPCClient from "@alicloud/pop-core";
import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";

interface Job {
  DtsInstanceID: string;
  DtsJobId: string;
  DtsJobName: string;
  Status: string;
}

interface Channel {
  ConsumerGroupID: string;
  ConsumerGroupId: string;
  ConsumerGroupName: string;
  ConsumerGroupUserName: string;
}

const REGION_ID = "cn-hangzhou";

interface Detail {
  SubscribeTopic: string;
  SubscriptionHost: { PublicHost: string };
}

/** Where consumers read an instance. */
export async function placeOf(
  endpoint: string,
  instanceId: string,
): Promise<{ broker: string; topic: string }> {
  const { SubscribeTopic, SubscriptionHost } = await clientOf(endpoint).request<Detail>(
    "DescribeDtsJobDetail",
    {
      RegionId: REGION_ID,
      DtsInstanceID: instanceId,
    },
  );
  return { broker: SubscriptionHost.PublicHost, topic: SubscribeTopic };
}

function clientOf(endpoint: string): RPCClient {
  return new RPCClient({
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
    endpoint,
    apiVersion: "2020-01-01",
  });
}

/** Asks the service itself, over its published API, what exists; as lines to print. */
export async function serviceView(endpoint: string): Promise<string[]> {
  const client = clientOf(endpoint);
  const { DtsJobList } = await client.request<{ DtsJobList: Job[] }>("DescribeDtsJobs", {
    RegionId: REGION_ID,
    JobType: "SUBSCRIBE",
  });
  if (DtsJobList.length === 0) return ["  no change tracking instance"];
  const lines: string[] = [];
  for (const job of DtsJobList) {
    lines.push(`  instance ${job.DtsInstanceID}  "${job.DtsJobName}"  ${job.Status}`);
    const { ConsumerChannels } = await client.request<{ ConsumerChannels: Channel[] }>(
      "DescribeConsumerChannel",
      {
        RegionId: REGION_ID,
        DtsInstanceId: job.DtsInstanceID,
        PageSize: 100,
      },
    );
    for (const group of ConsumerChannels) {
      lines.push(
        `    group ${group.ConsumerGroupId}  "${group.ConsumerGroupName}"  account ${group.ConsumerGroupUserName}`,
      );
    }
  }
  return lines;
}
