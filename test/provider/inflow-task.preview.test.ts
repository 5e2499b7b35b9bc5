import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Properties } from "../../provider/runtime/resource.ts";
import { inflowTaskKind } from "../../provider/runtime/resources/inflow-task/index.ts";
import { UNKNOWN } from "../../provider/schema/unknown.ts";
import { startService, type TestService } from "../support/service.ts";
import { type Run, runOn } from "./support/groups.ts";
import {
  type Ground,
  INFLOW_REGION,
  inflowGround,
  PASSWORD,
  refusals,
  taskOn,
  tasksByHand,
} from "./support/inflow.ts";
import { somebodyElse } from "./support/service.ts";

/* What `pulumi preview` says of an inflow task; the nearest accepted value; and that nothing was stored. */

let service: TestService;
let ground: Ground;
let hand: ReturnType<typeof tasksByHand>;

beforeAll(async () => {
  service = await startService();
  ground = await inflowGround(service);
  hand = tasksByHand(service);
});
afterAll(() => service.stop());
afterEach(async () => expect(await hand.names()).toEqual([]));

const said = (more: Properties, run: Run = runOn(service)) => refusals(run, "t", taskOn(ground, more));
const withSource = (more: Properties) => ({ source: { ...(taskOn(ground).source as Properties), ...more } });
const withSink = (more: Properties) => ({ sink: { ...(taskOn(ground).sink as Properties), ...more } });
const VARIABLE = (name: string) => `\${${name}}`;

/** Refused once, with these words; the nearest value is accepted. */
async function holds(refused: Properties, words: RegExp, accepted: Properties) {
  expect(await said(refused)).toEqual([expect.stringMatching(words)]);
  expect(await said(accepted)).toEqual([]);
}

describe("limits", () => {
  it("MQ-1 preview: a region without inflow tasks", async () => {
    await holds(
      { region: "us-west-1" },
      /^region: region must be one of cn-hangzhou.*"us-west-1" \[MQ-1\]$/,
      {},
    );
  });

  it("MQ-2 preview: messages of a batch", async () => {
    const messages = (count: number) => ({ batch: { messages: count } });
    await holds(
      messages(10_001),
      /^batch\.messages: .*1 to 10000 messages, got 10001 \[MQ-2\]$/,
      messages(10_000),
    );
    await holds(messages(0), /got 0 \[MQ-2\]$/, messages(1));
  });

  it("MQ-3 preview: interval of a batch", async () => {
    const seconds = (count: number) => ({ batch: { intervalSeconds: count } });
    await holds(seconds(16), /^batch\.intervalSeconds: .*0 to 15 seconds, got 16 \[MQ-3\]$/, seconds(15));
    await holds(seconds(-1), /got -1 \[MQ-3\]$/, seconds(0));
  });

  it("MQ-6 preview: access method and source instance are read-only", async () => {
    const words = /^source\.(accessMethod|instanceId): .*is read-only.*\[MQ-6\]$/;
    await holds(withSource({ accessMethod: "RDS" }), words, {});
    await holds(withSource({ instanceId: "rm-1" }), words, {});
    await holds({ accessMethod: "RDS" }, /^accessMethod: .*\[MQ-6\]$/, {});
  });

  it("MQ-7 preview: the version of the sink, which is the instance's", async () => {
    await holds(withSink({ version: "3.x" }), /^sink\.version: .*4\.x, 5\.x, got "3\.x".*\[MQ-7\]$/, {});
    await holds(withSink({ version: "4.x" }), /must be 5\.x, as the instance rmq-.*\[MQ-7\]$/, {});
    const old = { version: "4.x", instance: "MQ_INST_1_BAAN" };
    await holds(withSink({ ...old, version: "5.x" }), /must be 4\.x, as the instance MQ_INST/, withSink(old));
  });

  it("MQ-8 preview: the body", async () => {
    await holds(
      withSink({ body: { form: "half" } }),
      /^sink\.body\.form: .*completeData, dataExtraction, fixedValue, template, got "half" \[MQ-8\]$/,
      withSink({ body: { form: "completeData" } }),
    );
  });

  it("MQ-9 preview: custom properties take no fixed value", async () => {
    await holds(
      withSink({ properties: { form: "fixedValue", value: "x" } }),
      /^sink\.properties\.form: .*dataExtraction, template, got "fixedValue" \[MQ-9\]$/,
      withSink({ properties: { form: "dataExtraction", path: "$.data" } }),
    );
  });

  it("MQ-10 preview: key and tag take no complete data", async () => {
    for (const field of ["key", "tag"]) {
      await holds(
        withSink({ [field]: { form: "completeData" } }),
        new RegExp(`^sink\\.${field}\\.form: .*got "completeData" \\[MQ-10\\]$`),
        withSink({ [field]: { form: "fixedValue", value: "x" } }),
      );
    }
  });

  it("MQ-11 preview: the path that does not parse, the variable that is not declared, the value that is missing", async () => {
    const body = (more: Properties) => withSink({ body: more });
    await holds(
      body({ form: "dataExtraction", path: "$.data[" }),
      /^sink\.body\.path: .*"\$\.data\[".*\[MQ-11\]$/,
      body({ form: "dataExtraction", path: "$.data" }),
    );
    const template = (text: string, id: unknown = "$.data.id") =>
      body({ form: "template", parameters: { id }, template: text });
    await holds(
      template(`${VARIABLE("id")} ${VARIABLE("name")}`),
      /^sink\.body\.template: .*\$\{name\}, which is not declared; declared: id \[MQ-11\]$/,
      template(VARIABLE("id")),
    );
    await holds(template("x", "$["), /^sink\.body\.parameters\.id: .*\[MQ-11\]$/, template("x", "constant"));
    await holds(body({ form: "fixedValue" }), /^sink\.body\.value: .*is required.*\[MQ-11\]$/, {});
    await holds(body({ form: "completeData", path: "$.a" }), /^sink\.body\.path: .*must be left out/, {});
  });

  it("MQ-12 preview: the key of the pattern", async () => {
    const filter = (form: string) => ({ filter: { data: { tableName: [{ [form]: "ord" }] } } });
    await holds(
      filter("prefx"),
      /^filter\.data\.tableName\[0\]\.prefx: .*did you mean prefix\? \[MQ-12\]$/,
      filter("prefix"),
    );
    await holds({ filter: "{" }, /^filter: .*\[MQ-12\]$/, { filter: "{}" });
  });

  it("MQ-13 preview: the run state", async () => {
    await holds({ state: "stopped" }, /^state: .*running, paused, got "stopped".*\[MQ-13\]$/, {
      state: "paused",
    });
  });

  it("MQ-14 preview: retry policy, tolerance, and a dead-letter queue that is the sink", async () => {
    await holds({ retryPolicy: "often" }, /^retryPolicy: .*"often" \[MQ-14\]$/, { retryPolicy: "backoff" });
    await holds({ errorsTolerance: "SOME" }, /^errorsTolerance: .*\[MQ-14\]$/, { errorsTolerance: "ALL" });
    const queue = (topic: string) => ({
      deadLetterQueue: { arn: `acs:mq:${INFLOW_REGION}:1:/instances/${ground.queue}/topic/${topic}` },
    });
    await holds(
      queue("orders"),
      /^deadLetterQueue\.arn: .*must not be the sink itself.*\[MQ-14\]$/,
      queue("dead"),
    );
    await holds({ deadLetterQueue: { arn: "acs:oss:x" } }, /\[MQ-14\]$/, {});
  });

  it("MQ-15 preview: the invocation type of the function", async () => {
    const functionArn = "acs:fc:cn-hangzhou:1:services/clean.LATEST/functions/split";
    const invoked = (invocationType: string) => ({ transform: { functionArn, invocationType } });
    await holds(
      invoked("Later"),
      /^transform\.invocationType: .*Sync, Async, got "Later" \[MQ-15\]$/,
      invoked("Sync"),
    );
    await holds({ transform: { functionArn: "split" } }, /^transform\.functionArn: .*\[MQ-15\]$/, {});
  });

  it("MQ-18 preview: the region is the instance's", async () => {
    const elsewhere = { region: "cn-beijing" };
    await holds(
      elsewhere,
      /^source\.instance: there is no change tracking instance .* in cn-beijing.*\[MQ-18\]$/,
      {},
    );
    const named = refusals(runOn(service), "t", taskOn(ground, elsewhere), {}, { region: INFLOW_REGION });
    expect(await named).toEqual([
      "region: region must be that of the change tracking instance, cn-hangzhou, got cn-beijing [MQ-18]",
    ]);
  });

  it("what is not known yet is no mistake, and hides none", async () => {
    const source = { instance: UNKNOWN, groupId: UNKNOWN, account: UNKNOWN, password: UNKNOWN };
    expect(await said({ source, filter: { data: UNKNOWN }, ...withSink({ instance: UNKNOWN }) })).toEqual([]);
    expect(await said({ source, batch: { messages: 0 } })).toEqual([expect.stringMatching(/\[MQ-2\]$/)]);
    expect(await said({ source: { ...source, password: "Short-1" } })).toHaveLength(1);
    expect((await said({ source: { ...source, password: "Short-1" } })).join()).not.toContain("Short-1");
  });
});

describe("offset", () => {
  const now = () => Math.floor(Date.now() / 1000);
  const offset = (consumerOffset: unknown, more: Properties = {}) => withSource({ consumerOffset, ...more });

  it("MQ-4 preview: the offset lies in the data range, in one of its forms", async () => {
    await holds(
      offset("2022-06-21 00:00:00"),
      /^source\.consumerOffset: .*must lie in the data range \d+ to \d+.*\[MQ-4\]$/,
      {},
    );
    await holds(offset("21 June"), /^source\.consumerOffset: .*2022-06-21 00:00:00.*\[MQ-4\]$/, {});
    const { begin } = await range();
    await holds(offset(begin - 1), /\[MQ-4\]$/, offset(begin));
    await holds(offset(now() + 3600), /\[MQ-4\]$/, offset(new Date(begin * 1000).toISOString()));
    const local = new Date((begin + 8 * 3600) * 1000).toISOString().replace("T", " ").slice(0, 19);
    expect(await said(offset(local))).toEqual([]);
    expect(await said(offset(local, { consumerOffsetZone: "Z" }))).toHaveLength(1);
  });

  it("MQ-5 preview: once the group was read neither value nor range is judged, and a change warns", async () => {
    const run = readBy("2026-01-02T03:04:05Z");
    const olds = taskOn(ground, offset(1));
    expect(await refusals(run, "t", taskOn(ground, offset(2)), olds)).toEqual([]);
    expect(run.said.join()).toMatch(/warn: .*no effect.*\[MQ-5\]/);
    expect(await refusals(run, "t", taskOn(ground, offset("21 June")), olds)).toEqual([]);
    const diff = await inflowTaskKind.diff(olds, taskOn(ground, offset(2)));
    expect(diff).toMatchObject({ changes: true, replaces: [] });
    const fresh = runOn(service);
    await refusals(fresh, "t", taskOn(ground, offset(2)), olds);
    expect(fresh.said).toEqual([]);
  });

  it("DTS-9 preview: warns when a group moves between an outside client and a task", async () => {
    const run = readBy("2026-01-02T03:04:05Z");
    expect(await refusals(run, "t", taskOn(ground))).toEqual([]);
    expect(run.said).toEqual([expect.stringMatching(/warn: .*was read by another client.*\[DTS-9\]/)]);
    const same = readBy("2026-01-02T03:04:05Z");
    await refusals(same, "t", taskOn(ground), taskOn(ground));
    expect(same.said).toEqual([]);
    const leaves = runOn(service);
    await refusals(leaves, "t", taskOn(ground), taskOn({ ...ground, groupId: "dtsother" }));
    expect(leaves.said).toEqual([expect.stringMatching(/leaves the consumer group dtsother.*\[DTS-9\]/)]);
  });

  async function range() {
    const detail = await somebodyElse(service).api.jobDetail({ DtsInstanceID: ground.instance });
    return { begin: Math.floor(Date.parse(detail.BeginTimestamp ?? "") / 1000) };
  }

  /** A run that is told of a position of the group, as after it was read. */
  function readBy(checkpoint: string): Run {
    const run = runOn(service);
    const call: Run["api"]["call"] = async (request, options) => {
      const answer = (await run.api.call(request, options)) as Record<string, unknown>;
      const channels = answer.ConsumerChannels as object[] | undefined;
      if (channels === undefined) return answer as never;
      const read = channels.map((one) => ({ ...one, ConsumptionCheckpoint: checkpoint }));
      return { ...answer, ConsumerChannels: read } as never;
    };
    return { ...run, api: { ...run.api, call } };
  }
});

describe("two tasks", () => {
  it("DTS-2 preview: one task for each group, whether its id is known or not", async () => {
    const run = runOn(service);
    expect(await refusals(run, "one", taskOn(ground))).toEqual([]);
    expect(await refusals(run, "two", taskOn(ground))).toEqual([
      expect.stringMatching(/^source: .*no other inflow task reads: one reads it too.*\[DTS-2\]$/),
    ]);
    const unmade = taskOn({ ...ground, groupId: UNKNOWN });
    const scope = { scope: "urn:billing" };
    expect(await refusals(run, "three", unmade, {}, scope)).toEqual([]);
    expect(await refusals(run, "four", unmade, {}, scope)).toHaveLength(1);
    expect(await refusals(run, "five", unmade, {}, { scope: "urn:search" })).toEqual([]);
  });

  it("DTS-2 preview: a task that somebody else runs on the group", async () => {
    await hand.run("theirs", ground, PASSWORD);
    expect(await said({})).toEqual([
      expect.stringMatching(/"theirs" is RUNNING.*destroy --target.*\[DTS-2\]$/),
    ]);
    await hand.api.pause("theirs");
    expect(await said({})).toEqual([]);
    await hand.api.delete("theirs");
  });

  it("names are unique in the program, and a new name replaces, the old task first", async () => {
    const run = runOn(service);
    await refusals(run, "one", taskOn(ground, { name: "same" }));
    const other = taskOn({ ...ground, groupId: "dtsother" }, { name: "same" });
    expect(await refusals(run, "two", other)).toEqual([
      expect.stringMatching(/^name: .*the resource one has "same" too$/),
    ]);
    const toOther = await inflowTaskKind.diff(taskOn(ground), taskOn({ ...ground, groupId: UNKNOWN }));
    expect(toOther).toMatchObject({ replaces: ["source"], deleteBeforeReplace: true });
    const [olds, news] = [taskOn(ground, { name: "a" }), taskOn(ground, { name: "b" })];
    expect(await inflowTaskKind.diff(olds, news)).toEqual({
      changes: true,
      replaces: ["name"],
      deleteBeforeReplace: true,
    });
  });
});
