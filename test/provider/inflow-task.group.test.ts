import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ApiError } from "../../provider/runtime/api/errors.ts";
import type { ApiRequest } from "../../provider/runtime/api/request.ts";
import { openApiTransport } from "../../provider/runtime/api/transport.ts";
import { makeSession, type Session } from "../../provider/runtime/host/session.ts";
import { readSettings } from "../../provider/runtime/host/settings.ts";
import type { Properties } from "../../provider/runtime/resource.ts";
import { consumerGroupKind } from "../../provider/runtime/resources/consumer-group/index.ts";
import { startService, type TestService } from "../support/service.ts";
import { failureOf, runOn } from "./support/groups.ts";
import { type Ground, INFLOW_REGION, inflowGround, PASSWORD, tasksByHand } from "./support/inflow.ts";
import { somebodyElse } from "./support/service.ts";

/* The delete rule between groups and the inflow tasks that somebody else runs on them. */

let service: TestService;
let hand: ReturnType<typeof tasksByHand>;
let ground: Ground;

beforeAll(async () => {
  service = await startService();
  hand = tasksByHand(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  ground = await inflowGround(service);
});

const remove = (session: Session, more: Properties = {}) =>
  consumerGroupKind.delete(session, ground.groupId, {
    platform: "changeTracking",
    instance: ground.instance,
    name: "billing",
    account: "billing",
    password: PASSWORD,
    region: INFLOW_REGION,
    ...more,
  });
/** What a review says of the same delete, with the tasks that go in the same run. */
async function judged(more: Properties = {}, tasks: readonly string[] = []): Promise<string[]> {
  const leaving = { groups: new Set<string>(), tasks: new Set(tasks) };
  const props = {
    platform: "changeTracking",
    instance: ground.instance,
    name: "billing",
    region: INFLOW_REGION,
  };
  const session = runOn(service);
  const all = { ...props, ...more };
  const refusals = await consumerGroupKind.deleteRefusals?.(session, ground.groupId, all, leaving);
  return (refusals ?? []).map((error) => error.message);
}
const groups = () => somebodyElse(service).groupNames();

describe("DEL-1: a group that an inflow task reads", () => {
  it("stays, with the tasks named and how to go on; gone once they are", async () => {
    expect(await judged()).toEqual([]);
    await hand.run("theirs", ground);
    const failure = await failureOf(remove(runOn(service)));
    expect(await judged()).toEqual([failure]);
    expect(await judged({}, ["theirs"])).toEqual([]);
    expect(await judged({ forceUnsubscribe: true })).toEqual([]);
    expect(failure).toMatch(/"theirs" \(RUNNING\).*forceUnsubscribe: true.*\[DEL-1\] \[GroupInUse\]$/);
    await hand.api.pause("theirs");
    expect(await failureOf(remove(runOn(service)))).toMatch(/"theirs" \(PAUSED\)/);
    expect(await groups()).toEqual(["billing"]);
    await hand.api.delete("theirs");
    await remove(runOn(service));
    expect(await groups()).toEqual([]);
  });

  it("forceUnsubscribe pauses them and says so", async () => {
    await hand.run("theirs", ground);
    const run = runOn(service);
    await remove(run, { forceUnsubscribe: true });
    expect([await groups(), await hand.names()]).toEqual([[], ["theirs PAUSED"]]);
    expect(run.said).toEqual([
      expect.stringMatching(/warn: forceUnsubscribe: paused the inflow task "theirs"/),
    ]);
  });

  it("tasks on other groups are nobody's business", async () => {
    const other = await somebodyElse(service).makeGroup(ground.instance, "search");
    await hand.run("theirs", ground);
    await consumerGroupKind.delete(runOn(service), other, {
      platform: "changeTracking",
      instance: ground.instance,
      name: "search",
      region: INFLOW_REGION,
    });
    expect(await groups()).toEqual(["billing"]);
  });
});

describe("EventBridge that cannot be asked", () => {
  /** Endpoints for single products; what EventBridge is asked fails so. */
  function sessionWithout(
    endpoints: Record<string, string>,
    failure: "unreachable" | "refused",
    code: string,
  ) {
    const said: string[] = [];
    const read = (key: string) =>
      key === "changetracking:endpoints" ? JSON.stringify(endpoints) : undefined;
    const real = openApiTransport(readSettings(read, {}));
    const send = async (request: ApiRequest) => {
      if (request.product !== "eventbridge") return real.send(request);
      throw new ApiError(request.action, { kind: failure, code, message: "told to" });
    };
    const say = (message: string) => said.push(message);
    const log = { warn: say, info: say, progress: () => {} };
    const clock = { nowMs: () => Date.now(), sleep: async () => {}, random: () => 0.5 };
    return { said, session: makeSession({ read, environment: {}, transport: { send }, log, clock }) };
  }

  it("where no endpoint is configured for it, the delete goes on and says so once", async () => {
    const { said, session } = sessionWithout({ dts: service.url }, "unreachable", "ECONNREFUSED");
    await remove(session);
    expect(await groups()).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^No endpoint is configured for EventBridge/)]);
  });

  it("where one is configured and does not answer, the group stays", async () => {
    const endpoints = { dts: service.url, eventbridge: "http://127.0.0.1:9" };
    const { session } = sessionWithout(endpoints, "unreachable", "ECONNREFUSED");
    expect(await failureOf(remove(session))).toMatch(
      /Nothing answers at http:\/\/127\.0\.0\.1:9.*\[Unreachable\]$/,
    );
    expect(await groups()).toEqual(["billing"]);
  });

  it("an account that does not use it has no tasks", async () => {
    const { said, session } = sessionWithout({ dts: service.url }, "refused", "ServiceNotEnable");
    await remove(session);
    expect([await groups(), said]).toEqual([[], []]);
  });
});
