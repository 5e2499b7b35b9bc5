import { ApiError, type FailureKind } from "../../../provider/runtime/api/errors.ts";
import type { ApiRequest } from "../../../provider/runtime/api/request.ts";
import type { Transport } from "../../../provider/runtime/api/transport.ts";
import type { Clock } from "../../../provider/runtime/host/clock.ts";
import type { EngineLog } from "../../../provider/runtime/host/engine.ts";
import { makeSession, type Session } from "../../../provider/runtime/host/session.ts";

export interface FakeJob {
  id: string;
  name: string;
  status: string;
  payType: string;
  engine: string;
  configured: Record<string, unknown>;
  tags: Record<string, string>;
  groups: { id: string; name: string; account: string; password: string; unconsumed: number }[];
}

interface Fault {
  readonly action: string;
  readonly kind: FailureKind;
  readonly code: string;
  /** Do the work first, then lose the answer. */
  readonly afterWork: boolean;
  times: number;
}

/** A tiny Data Transmission Service in memory: just enough state to see what a resource does to it. */
export class FakeDts implements Transport {
  readonly jobs = new Map<string, FakeJob>();
  readonly calls: ApiRequest[] = [];
  /** States that StartDtsJob goes through, one with each look. */
  startPath: string[] = ["Prechecking", "Starting", "Normal"];
  precheckReason = "";
  readonly #faults: Fault[] = [];
  readonly #paths = new Map<string, string[]>();
  #next = 0;

  fail(action: string, kind: FailureKind, options: Partial<Omit<Fault, "action" | "kind">> = {}): void {
    this.#faults.push({
      action,
      kind,
      code: kind === "throttled" ? "Throttling.User" : "X",
      afterWork: false,
      times: 1,
      ...options,
    });
  }

  clearFaults(): void {
    this.#faults.length = 0;
  }

  count(action: string): number {
    return this.calls.filter((call) => call.action === action).length;
  }

  addJob(job: Partial<FakeJob> = {}): FakeJob {
    this.#next += 1;
    const made = {
      id: `dtsj${this.#next}`,
      name: `n${this.#next}`,
      status: "Normal",
      payType: "PostPaid",
      engine: "MySQL",
    };
    const full: FakeJob = { ...made, configured: {}, tags: {}, groups: [], ...job };
    this.jobs.set(full.id, full);
    return full;
  }

  addGroup(job: FakeJob, name: string, account = `a_${name}`, unconsumed = -1): void {
    this.#next += 1;
    job.groups.push({ id: `dtsg${this.#next}`, name, account, password: "Old-pw-1", unconsumed });
  }

  async send(request: ApiRequest): Promise<Record<string, unknown>> {
    this.calls.push(request);
    const fault = this.#faults.find((one) => one.action === request.action && one.times > 0);
    const failure =
      fault && new ApiError(request.action, { kind: fault.kind, code: fault.code, message: "told to" });
    if (fault) fault.times -= 1;
    if (fault && !fault.afterWork) throw failure;
    const answer = this.#answer(request.action, (request.parameters ?? {}) as Record<string, string>);
    if (failure) throw failure;
    return answer;
  }

  #answer(action: string, p: Record<string, string>): Record<string, unknown> {
    switch (action) {
      case "CreateDtsInstance": {
        const job = this.addJob({
          status: "NotConfigured",
          engine: p.SourceEndpointEngineName ?? "",
          payType: p.PayType ?? "",
        });
        return { InstanceId: job.id, JobId: job.id.slice(3) };
      }
      // A group that is deleted asks whether an inflow task reads it.
      case "ListEventStreamings":
        return { Data: { EventStreamings: [] } };
      case "DescribeDtsJobs":
        return {
          DtsJobList: [...this.jobs.values()]
            .filter((job) => matches(job, p))
            .map((job) => this.#listed(job)),
        };
      default:
        return this.#onJob(action, this.#job(action, p), p);
    }
  }

  #onJob(action: string, job: FakeJob, p: Record<string, string>): Record<string, unknown> {
    switch (action) {
      case "DescribeDtsJobDetail":
        this.#advance(job);
        return this.#listed(job);
      case "ConfigureSubscription":
        Object.assign(job, { status: "NotStarted", name: p.DtsJobName, configured: p });
        return {};
      case "StartDtsJob":
        this.#paths.set(job.id, [...this.startPath]);
        this.#advance(job);
        return {};
      case "ModifyDtsJobName":
        job.name = p.DtsJobName ?? "";
        return {};
      case "ModifySubscription":
        Object.assign(job.configured, p);
        return {};
      case "ModifyDtsJobPassword":
        Object.assign(job.configured, {
          SourceEndpointPassword: p.Password,
          SourceEndpointUserName: p.UserName,
        });
        return {};
      case "TransferPayType":
        job.payType = p.ChargeType ?? "";
        return {};
      case "DeleteDtsJob":
        if (job.payType === "PrePaid") throw refused(action, "OperationDenied.PayType", 403);
        this.jobs.delete(job.id);
        return {};
      case "ListTagResources":
        return {
          TagResources: {
            TagResource: Object.entries(job.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
          },
        };
      case "TagResources":
        for (const { Key, Value } of p.Tag as unknown as { Key: string; Value: string }[])
          job.tags[Key] = Value;
        return {};
      case "UntagResources":
        for (const key of p.TagKey as unknown as string[]) delete job.tags[key];
        return {};
      default:
        return this.#onGroups(action, job, p);
    }
  }

  #onGroups(action: string, job: FakeJob, p: Record<string, string>): Record<string, unknown> {
    const group = job.groups.find((one) => one.id === p.ConsumerGroupId);
    switch (action) {
      case "DescribeConsumerChannel": {
        const from = (Number(p.PageNumber) - 1) * Number(p.PageSize);
        return { ConsumerChannels: job.groups.slice(from, from + Number(p.PageSize)).map(channel) };
      }
      case "CreateConsumerChannel": {
        if (job.status !== "Normal") throw refused(action, "OperationDenied.JobStatus", 403);
        if (job.groups.some((one) => one.name === p.ConsumerGroupName))
          throw refused(action, "InvalidConsumerGroupName.Duplicate", 400);
        if (job.groups.length >= 20) throw refused(action, "QuotaExceeded.ConsumerGroup", 403);
        this.addGroup(job, p.ConsumerGroupName ?? "", p.ConsumerGroupUserName);
        const made = job.groups.at(-1);
        if (made) made.password = p.ConsumerGroupPassword ?? "";
        return { ConsumerGroupID: made?.id };
      }
      case "ModifyConsumerChannel":
        if (!group) throw refused(action, "InvalidConsumerGroupId.NotFound", 404);
        group.name = p.ConsumerGroupName ?? group.name;
        group.account = p.ConsumerGroupUserName ?? group.account;
        group.password = p.ConsumerGroupPassword ?? group.password;
        return {};
      case "DeleteConsumerChannel":
        if (!group) throw refused(action, "InvalidConsumerGroupId.NotFound", 404);
        job.groups = job.groups.filter((one) => one !== group);
        return {};
      default:
        throw new Error(`the fake has no ${action}`);
    }
  }

  #job(action: string, p: Record<string, string>): FakeJob {
    const id =
      p.DtsInstanceId ?? p.DtsInstanceID ?? (p.DtsJobId && `dts${p.DtsJobId}`) ?? p.ResourceId?.[0] ?? "";
    const job = this.jobs.get(id);
    if (!job) throw refused(action, "Forbidden.InstanceNotFound", 404);
    return job;
  }

  #advance(job: FakeJob): void {
    const next = this.#paths.get(job.id)?.shift();
    if (next !== undefined) job.status = next;
  }

  #listed(job: FakeJob) {
    const c = job.configured as Record<string, string | boolean>;
    return {
      DtsInstanceID: job.id,
      DtsJobId: job.id.slice(3),
      DtsJobName: job.name,
      Status: job.status,
      PayType: job.payType,
      DbObject: c.DbList ?? "",
      Reserved: JSON.stringify({
        vpcId: c.SubscriptionInstanceVPCId,
        vswitchId: c.SubscriptionInstanceVSwitchId,
      }),
      SubscribeTopic: `topic_${job.id}`,
      SubscriptionHost: { PublicHost: "public:1", VpcHost: "vpc:2", PrivateHost: "internal:3" },
      SubscriptionDataType: {
        Dml: c.SubscriptionDataTypeDML ?? true,
        Ddl: c.SubscriptionDataTypeDDL ?? true,
      },
      SourceEndpoint: {
        EngineName: job.engine,
        InstanceType: c.SourceEndpointInstanceType ?? "",
        InstanceID: c.SourceEndpointInstanceID ?? "",
        Ip: c.SourceEndpointIP ?? "",
        Port: c.SourceEndpointPort ?? "",
        UserName: c.SourceEndpointUserName ?? "",
        DatabaseName: c.SourceEndpointDatabaseName ?? "",
      },
      PrecheckStatus: { Detail: [{ CheckItem: "CHECK_CONN_SRC", FailedReason: this.precheckReason }] },
    };
  }
}

function matches(job: FakeJob, p: Record<string, string>): boolean {
  if (p.Status !== undefined && p.Status !== job.status) return false;
  if (p.DtsInstanceId !== undefined && p.DtsInstanceId !== job.id) return false;
  return p.Type !== "name" || job.name.includes(p.Params ?? "");
}

function channel(group: FakeJob["groups"][number]) {
  return {
    ConsumerGroupId: group.id,
    ConsumerGroupName: group.name,
    ConsumerGroupUserName: group.account,
    ConsumptionCheckpoint: "",
    MessageDelay: -1,
    UnconsumedData: group.unconsumed,
  };
}

function refused(action: string, code: string, httpStatus: number): ApiError {
  return new ApiError(action, { kind: "refused", code, message: code, httpStatus });
}

/** A clock that never waits; time goes on with every sleep. */
export function quickClock(): Clock & { readonly sleptMs: number } {
  let nowMs = 1_000_000;
  let sleptMs = 0;
  return {
    nowMs: () => nowMs,
    sleep: async (waitMs) => {
      nowMs += waitMs;
      sleptMs += waitMs;
      await Promise.resolve();
    },
    random: () => 0.5,
    get sleptMs() {
      return sleptMs;
    },
  };
}

export interface TestSession extends Session {
  readonly fake: FakeDts;
  readonly said: string[];
}

/** A session on a fake service, with what it said to the user. */
export function testSession(fake = new FakeDts(), config: Record<string, string> = {}): TestSession {
  const said: string[] = [];
  const say = (severity: string) => (message: string, urn?: string) => {
    said.push(`${severity} ${urn ?? ""}: ${message}`);
  };
  const log: EngineLog = { warn: say("warn"), info: say("info"), progress: say("progress") };
  const all: Record<string, string> = { "changetracking:endpoint": "http://127.0.0.1:8780", ...config };
  const session = makeSession({
    read: (key) => all[key],
    environment: {},
    transport: fake,
    clock: quickClock(),
    log,
  });
  return { ...session, fake, said };
}
