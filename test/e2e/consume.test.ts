import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { build } from "../../tools/build.ts";
import { root } from "../../tools/paths.ts";
import { showRows } from "../../tools/quickstart/rows.ts";
import { ReadingProgram } from "../support/dts/reading-program.ts";
import { recordType } from "../support/dts/record-schema.ts";
import {
  changeOrder,
  ORDERS,
  startTracked,
  type Tracked,
  trackingEnvironment,
} from "../support/dts/tracked.ts";
import { CONFLUENT, pythonNeed, pythonWith } from "../support/kafka/outside-reader.ts";
import { needs } from "../support/needs.ts";

/* What people run to see rows: the examples that consume, and `change-tracking-service tail`. */

const FASTAVRO = "fastavro==1.13.1";

let tracked: Tracked;
const programs: ReadingProgram[] = [];
const run = (...given: ConstructorParameters<typeof ReadingProgram>) => {
  const program = new ReadingProgram(...given);
  programs.push(program);
  return program;
};

beforeAll(async () => {
  // The example's import of change-tracking-records.
  await build({ only: ["records"] });
  tracked = await startTracked(ORDERS);
});
afterEach(async () => {
  for (const program of programs.splice(0)) await program.end("SIGKILL");
});
afterAll(() => tracked?.stop());

describe("examples/consume", () => {
  it("in TypeScript: prints rows, and goes on where it was", async () => {
    const env = trackingEnvironment(await tracked.group("typescript"));
    const command = [process.execPath, join(root, "examples/consume/index.ts")];
    await changeOrder(tracked.source, 1);
    const first = run(command, { env });
    expect(await first.linesUntil(/^DELETE .* id=1 /)).toEqual([
      "INSERT public.orders (no row) -> id=1 amount=12.50 note=new",
      "UPDATE public.orders id=1 amount=12.50 note=new -> id=1 amount=15.00 note=new",
      "DELETE public.orders id=1 amount=15.00 note=new -> (no row)",
    ]);
    expect(await first.end()).toBe(0);
    await changeOrder(tracked.source, 2);
    const lines = await run(command, { env }).linesUntil(/^DELETE .* id=2 /);
    expect(lines[0]).toMatch(/^INSERT .* id=2 /);
  });

  it("in TypeScript: fails beside another client of the group, and says which setting is missing", async () => {
    const env = trackingEnvironment(await tracked.group("twice"));
    const command = [process.execPath, join(root, "examples/consume/index.ts")];
    await run(command, { env }).linesUntil(/^DELETE .* id=1 /);
    const second = run(command, { env }).linesUntil(/^INSERT/);
    await expect(second).rejects.toThrow(/ended with status 1[\s\S]*max size/);
    const without = run(command, { env: { ...env, TRACKING_TOPIC: "" } });
    expect(await without.errorsUntil(/set TRACKING/)).toContain("set TRACKING_TOPIC; docs/consume.md");
  });

  needs(pythonNeed())(
    "in Python: subscribes, and starts from a time with an assigned partition",
    async () => {
      const packages = await pythonWith(CONFLUENT, FASTAVRO);
      const env = { ...packages, ...trackingEnvironment(await tracked.group("python")) };
      const command = ["python3", join(root, "examples/consume/python/read_changes.py")];
      await changeOrder(tracked.source, 3);
      const subscribed = run([...command, "subscribe"], { env });
      const lines = await subscribed.linesUntil(/^DELETE .* id=3 /);
      expect(lines.slice(-6)).toEqual([
        "INSERT shop.public.orders (no row) -> id=3 amount=12.50 note=new",
        "UPDATE shop.public.orders id=3 amount=12.50 note=new -> id=3 amount=15.00 note=new",
        "COMMIT",
        "BEGIN",
        "DELETE shop.public.orders id=3 amount=15.00 note=new -> (no row)",
        "COMMIT",
      ]);
      expect(await run([...command, "follow"], { env }).errorsUntil(/usage/)).toMatch(/subscribe \| assign/);
      const wrong = run(command, { env: { ...env, TRACKING_PASSWORD: "Wrong-Word-9" } });
      await expect(wrong.linesUntil(/^INSERT/)).rejects.toThrow(
        /status 1[\s\S]*read_changes: .*<account>-<group id>/,
      );
      await subscribed.end();
      const start = String(Math.floor(Date.now() / 1000));
      await changeOrder(tracked.source, 4);
      const assigned = await run([...command, "assign", start], { env }).linesUntil(/^DELETE .* id=4 /);
      expect(assigned.filter((line) => / id=[12] /.test(line))).toEqual([]);
    },
  );

  it("holds the schema of records that other clients decode with", () => {
    const schema: unknown = JSON.parse(readFileSync(join(root, "examples/consume/record.avsc"), "utf8"));
    expect(schema).toEqual(JSON.parse(JSON.stringify(recordType.schema())));
  });
});

describe("change-tracking-service tail", () => {
  const tail = (...args: string[]) =>
    run([process.execPath, join(root, "service/main.ts"), "tail", ...args], {
      env: { CHANGE_TRACKING_ENDPOINT: tracked.service.url },
    });

  it("prints changes as they come, one line each, from now on", async () => {
    await changeOrder(tracked.source, 10);
    const program = tail("orders");
    await program.errorsUntil(/Waiting for changes/);
    await changeOrder(tracked.source, 11);
    const lines = await program.linesUntil(/ DELETE .* id=11/);
    expect(lines.map((line) => line.replace(/^\S+ \S+ /, ""))).toEqual([
      "INSERT shop.public.orders id=11 amount=12.50 note=new",
      "UPDATE shop.public.orders id=11 amount: 12.50 -> 15.00",
      "DELETE shop.public.orders id=11 amount=15.00 note=new",
    ]);
    expect(await program.end()).toBe(0);
  });

  it("begins at a time, or where a group has read to, which it does not move", async () => {
    await changeOrder(tracked.source, 12);
    const all = await tail(tracked.instanceId, "--from", "start", "--json").linesUntil(/DELETE.*"id":12/);
    const first = JSON.parse(all[0] ?? "") as object;
    expect(first).toMatchObject({
      operation: "INSERT",
      database: "shop",
      schema: "public",
      table: "orders",
      key: ["id"],
      after: { id: 1, amount: "12.50", note: "new" },
    });
    const group = await tracked.group("tailed");
    for (let times = 0; times < 2; times += 1) {
      const lines = await tail("orders", "--group", "tailed", "--account", group.account).linesUntil(/id=12/);
      expect(lines[0]).toMatch(/ INSERT .* id=1 /);
    }
  });

  it("says what is wrong: no such instance, no such group, nothing captured, nobody there", async () => {
    const refused = (program: ReadingProgram) => program.errorsUntil(/^change-tracking-service: .+$/m);
    expect(await refused(tail("nowhere"))).toMatch(/Asked for nowhere; there are: dts\w+ \(orders\)/);
    expect(await refused(tail("orders", "--group", "nobody"))).toMatch(
      /nobody of dts\w+; there (is none|are: dts)/,
    );
    expect(await tail("orders", "--jsno").errorsUntil(/See/)).toMatch(/See tail --help/);
    expect(await refused(tail("orders", "--account", "a"))).toMatch(/--account goes with --group/);
    expect(await refused(tail("orders", "--url", "127.0.0.1:1"))).toMatch(
      /nothing answers at http:\/\/127.0.0.1:1/,
    );
    const { InstanceId } = await tracked.call("CreateDtsInstance", {
      RegionId: "cn-hangzhou",
      Type: "SUBSCRIBE",
      PayType: "PostPaid",
      SourceEndpointEngineName: "PostgreSQL",
      SourceRegion: "cn-hangzhou",
    });
    expect(await refused(tail(String(InstanceId)))).toMatch(/nothing was captured yet|NotConfigured/);
  });
});

/* Last: it gives the table another column. */
it("the quickstart's last step: three statements, and what a group reads of them", async () => {
  const { source, group } = tracked;
  await source.sql("ALTER TABLE orders ADD COLUMN customer_id bigint");
  const { port, password } = source.server;
  const database = { host: "127.0.0.1", port, user: "tracker", password, name: source.database };
  const { account, ...reader } = await group("quickstart");
  const username = `${account}-${reader.groupId}`;
  const lines: string[] = [];
  await showRows(database, { ...reader, username }, (line) => lines.push(line.trim()));
  const [insert = ""] = lines.filter((line) => line.startsWith("insert into orders"));
  const id = /\((\d+), 1, 12.50\)/.exec(insert)?.[1];
  expect(lines.slice(-7).filter((line) => line.includes(`=${id} `))).toHaveLength(3);
  expect(lines.slice(-7).map((line) => line.split(" ")[0])).toEqual(
    "BEGIN INSERT UPDATE COMMIT BEGIN DELETE COMMIT".split(" "),
  );
});
