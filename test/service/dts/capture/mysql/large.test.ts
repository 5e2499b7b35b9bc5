import { afterAll, beforeAll, expect } from "vitest";
import { MariadbSource } from "../../../../support/dts/mariadb-source.ts";
import { changesIn, RunningCapture } from "../../../../support/dts/running-capture.ts";
import { mariadbNeed } from "../../../../support/mariadb.ts";
import { needs } from "../../../../support/needs.ts";

const MIB = 1024 * 1024;
const need = await mariadbNeed();
const it = needs(need);
let source: MariadbSource;
beforeAll(async () => {
  if (need.available) source = await MariadbSource.start({ max_allowed_packet: "256M" });
});
afterAll(() => source?.stop());

it("rows around the limit of a packet, and far beyond it, come whole and are told", async () => {
  await source.sql("CREATE TABLE large (id int PRIMARY KEY, b longblob)");
  const running = await RunningCapture.start(source, source.job("large"));
  const sizes = [15 * MIB, 16 * MIB - 40, 17 * MIB, 100 * MIB];
  for (const [id, size] of sizes.entries())
    await source.sql(`INSERT INTO large VALUES (${id}, concat('a', repeat('x', ${size - 2}), 'z'))`);
  const records = changesIn(await running.caughtUp(source)).filter(({ operation }) => operation === "INSERT");
  await running.stop();
  const bytes = records
    .map(({ after }) => after?.[1]?.BinaryObject as { value: Uint8Array })
    .map(({ value }) => Buffer.from(value));
  expect(bytes.map((value) => value.length)).toEqual(sizes);
  expect(
    bytes.map((value) => value.toString("latin1", 0, 1) + value.toString("latin1", value.length - 1)),
  ).toEqual(sizes.map(() => "az"));
  expect(running.log.largeRows.map(({ table }) => table)).toEqual(
    sizes.filter((size) => size > 16 * MIB - 100).map(() => "shop.large"),
  );
});

it("waits while the log has no room, without holding what comes meanwhile", async () => {
  await source.sql("CREATE TABLE many (id int PRIMARY KEY, t varchar(200))");
  const running = await RunningCapture.start(source, source.job("many"));
  await running.caughtUp(source);
  running.log.isFull = true;
  await source.sql("INSERT INTO many SELECT seq, repeat('x', 200) FROM seq_1_to_20000");
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const before = running.log.entries.length;
  running.log.makeRoom();
  const records = changesIn(await running.caughtUp(source)).filter(({ operation }) => operation === "INSERT");
  await running.stop();
  expect(before).toBeLessThan(20);
  expect(records).toHaveLength(20_000);
});
