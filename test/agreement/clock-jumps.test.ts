import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../service/core/kit/clock.ts";
import {
  type DtsService,
  declaredSource,
  OBJECTS,
  PASSWORD,
  startDts,
} from "../service/dts/support/service.ts";
import { until } from "../service/dts/support/wait.ts";
import { runsOf } from "./support/runs.ts";
import { openWire, type Wire, type WireAnswer } from "./support/wire.ts";

/* The clock jumps by hours, forward and back, while calls come and states pass: none of them may notice. */

const HOUR_MS = 3_600_000;
const runs = runsOf(40);

let dts: DtsService;
let wire: Wire;

beforeAll(async () => {
  dts = await startDts({ settings: { waitScale: 0.1, logLevel: "warn" } });
  wire = openWire(dts.service, () => dts.kernel.clock.now());
});
afterAll(async () => {
  wire?.close();
  await dts?.stop();
});

const jump = fc.oneof(
  fc.integer({ min: -30 * HOUR_MS, max: 30 * HOUR_MS }),
  fc.constantFrom(-HOUR_MS, HOUR_MS, 0, -1, 1, 365 * 24 * HOUR_MS, -365 * 24 * HOUR_MS),
);

it("a call is answered and a state passes whatever the clock does", async () => {
  const property = fc.asyncProperty(fc.array(jump, { minLength: 6, maxLength: 6 }), async (jumps) => {
    let offsetMs = 0;
    const next = async () => {
      offsetMs += jumps.pop() ?? 0;
      await dts.service.admin("POST", "clock", { offsetMs });
    };
    const bought = await accepted("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    const DtsInstanceId = String(bought.body.InstanceId);
    await next();
    await accepted("ConfigureSubscription", {
      DtsInstanceId,
      DtsJobName: "orders",
      DbList: OBJECTS,
      SubscriptionInstanceNetworkType: "classic",
      ...declaredSource,
    });
    await accepted("StartDtsJob", { DtsInstanceId });
    await next();
    await becomes(DtsInstanceId, "Normal");
    await next();
    await accepted("ModifySubscription", { DtsInstanceId, SubscriptionDataTypeDDL: false });
    await next();
    await becomes(DtsInstanceId, "Normal");
    const group = await accepted("CreateConsumerChannel", {
      DtsInstanceId,
      ConsumerGroupName: "g",
      ConsumerGroupUserName: "g",
      ConsumerGroupPassword: PASSWORD,
    });
    await accepted("SuspendDtsJob", { DtsInstanceId });
    await next();
    const { body } = await accepted("DescribeDtsJobDetail", { DtsInstanceID: DtsInstanceId });
    expect(Date.parse(String(body.EndTimestamp))).toBeGreaterThanOrEqual(
      Date.parse(String(body.BeginTimestamp)),
    );
    await accepted("StartDtsJob", { DtsInstanceId });
    await next();
    await becomes(DtsInstanceId, "Normal");
    const { ConsumerGroupID } = group.body;
    await accepted("DeleteConsumerChannel", { DtsInstanceId, ConsumerGroupId: ConsumerGroupID });
    await accepted("DeleteDtsJob", { DtsInstanceId });
    expect(await dts.service.admin("GET", "status")).toMatchObject({ status: "ready" });
  });
  await fc.assert(property, { numRuns: runs });
});

it("a nonce is still used when the clock has been put back", async () => {
  await dts.service.admin("POST", "clock", { offsetMs: 0 });
  const nonce = { SignatureNonce: `jump-${process.pid}-${performance.now()}` };
  const call = () => wire.call("DescribeDtsJobs", { JobType: "SUBSCRIBE", ...nonce }, "form");
  expect((await call()).code).toBe("");
  await dts.service.admin("POST", "clock", { offsetMs: -10 * HOUR_MS });
  await accepted("DescribeDtsJobs", { JobType: "SUBSCRIBE" });
  await dts.service.admin("POST", "clock", { offsetMs: -20 * HOUR_MS });
  await accepted("DescribeDtsJobs", { JobType: "SUBSCRIBE" });
  await dts.service.admin("POST", "clock", { offsetMs: 0 });
  expect((await call()).code).toBe("SignatureNonceUsed");
});

// The machine's own clock, not only the one for tests: a wait was once due hours later when it was put back.
it("a wait ends when its time has passed, though the machine's clock was put back", async () => {
  let aheadMs = 5 * HOUR_MS;
  const clock = systemClock(1, () => Date.now() + aheadMs);
  let ran = false;
  clock.after(30, () => {
    ran = true;
  });
  aheadMs = 0;
  await until(
    () => ran,
    (done) => done,
  );
  const cancel = clock.after(50, () => {
    ran = false;
  });
  cancel();
  await sleep(80);
  expect(ran).toBe(true);
  clock.close();
});

async function accepted(action: string, parameters: Record<string, unknown>): Promise<WireAnswer> {
  const answer = await wire.call(action, parameters);
  expect(answer.code, `${action} ${answer.message}`).toBe("");
  return answer;
}

const becomes = (DtsInstanceID: string, status: string) =>
  until(
    async () => (await accepted("DescribeDtsJobDetail", { DtsInstanceID })).body.Status,
    (seen) => seen === status,
  );
