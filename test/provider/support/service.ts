import { DtsApi } from "../../../provider/runtime/api/dts.ts";
import { makeSession } from "../../../provider/runtime/host/session.ts";
import { listJobs } from "../../../provider/runtime/observe/jobs.ts";
import { listGroups } from "../../../provider/runtime/observe/tracking-groups.ts";
import type { TestService } from "../../support/service.ts";

/** The service as somebody else sees and uses it, over the official client. */
export function somebodyElse(service: TestService) {
  const config: Record<string, string> = { "changetracking:endpoint": service.url };
  const session = makeSession({ read: (key) => config[key], environment: {} });
  const api = new DtsApi(session.api, "cn-hangzhou");
  return {
    api,
    instances: () => listJobs(api, {}),
    groups: (instance: string) => listGroups(api, instance),
    /** Groups of all instances by name. */
    groupNames: async () => {
      const jobs = await listJobs(api, {});
      const all = await Promise.all(jobs.map((job) => listGroups(api, job.DtsInstanceID ?? "")));
      return all
        .flat()
        .map((group) => group.name)
        .sort();
    },
    makeGroup: async (instance: string, name: string, account = name.replace(/\W/g, "_")) => {
      const answer = await api.createGroup({
        DtsInstanceId: instance,
        ConsumerGroupName: name,
        ConsumerGroupUserName: account,
        ConsumerGroupPassword: "Somebody-pw-1",
      });
      return answer.ConsumerGroupID ?? "";
    },
    /** An instance that is Normal. */
    makeInstance: async (name: string) => {
      const { InstanceId: DtsInstanceId = "" } = await api.createInstance({
        Type: "SUBSCRIBE",
        PayType: "PostPaid",
        SourceEndpointEngineName: "MySQL",
      });
      await api.configure({
        DtsInstanceId,
        DtsJobName: name,
        DbList: '{"shop":{"name":"shop","all":true}}',
        SubscriptionInstanceNetworkType: "classic",
        SourceEndpointEngineName: "MySQL",
        SourceEndpointInstanceType: "RDS",
        SourceEndpointInstanceID: "rm-1",
      });
      await api.start({ DtsInstanceId });
      for (let looks = 0; looks < 3_000; looks += 1) {
        if ((await api.jobDetail({ DtsInstanceID: DtsInstanceId })).Status === "Normal") return DtsInstanceId;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`${DtsInstanceId} did not become Normal`);
    },
  };
}
