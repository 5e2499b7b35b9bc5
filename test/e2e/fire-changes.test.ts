import { beforeAll, expect, it } from "vitest";
import { build } from "../../tools/build.ts";
import { postgresFire } from "../support/dts/fire/postgres.ts";
import { type FireOutcome, underFire } from "../support/dts/fire/under-fire.ts";
import { fireSeed } from "../support/fire.ts";

/*
 * The oracle: sessions beside each other change a real database at random while a consumer group reads through the
 * service as it is shipped; at random moments the service, the database, the replication or the consumer is killed, or the
 * job is suspended. What the group has read must then be the source's tables, in whole transactions and in order.
 */
/** The short form; FIRE_KILLS=100 for the long one. */
const KILLS = Number(process.env.FIRE_KILLS ?? 8);

beforeAll(() => build({ only: ["service", "log-thread", "capture-thread"] }));

function report(source: string, outcome: FireOutcome): void {
  console.log(`fire: ${source}, ${JSON.stringify(outcome)}`);
  expect(outcome.kills).toBe(KILLS);
}

it(`PostgreSQL: what a group reads is what the tables hold, through ${KILLS} kills`, async () => {
  const seed = fireSeed(20_260_411);
  report("PostgreSQL", await underFire({ start: postgresFire, kills: KILLS, seed }));
});
