import { beforeAll, expect, it } from "vitest";
import { build } from "../../tools/build.ts";
import { mariadbFire } from "../support/dts/fire/mariadb.ts";
import { postgresFire } from "../support/dts/fire/postgres.ts";
import type { FireSource } from "../support/dts/fire/source.ts";
import { type FireOutcome, underFire } from "../support/dts/fire/under-fire.ts";
import { fireSeed } from "../support/fire.ts";
import { mariadbNeed } from "../support/mariadb.ts";
import { needs } from "../support/needs.ts";

/*
 * The oracle: sessions beside each other change a real database at random while a consumer group reads through the
 * service as it is shipped; at random moments the service, the database, the replication or the consumer is killed, or the
 * job is suspended. What the group has read must then be the source's tables, in whole transactions and in order.
 */
/** The short form; FIRE_KILLS=100 for the long one. */
const KILLS = Number(process.env.FIRE_KILLS ?? 8);
const seed = fireSeed(20_260_411);
const itWithMariadb = needs(await mariadbNeed());

beforeAll(() => build({ only: ["service", "log-thread", "capture-thread"] }));

/** A wait that came to its end; what was read wrongly never reads so. */
const STALLED = /not within \d+ ms/;

/**
 * One stall is told and tried once more: in some one of ten runs the reader has not caught up within its minute, and why is
 * not known yet. Whatever was lost, doubled or out of order fails at once.
 */
async function outcomeOf(name: string, start: () => Promise<FireSource>): Promise<FireOutcome> {
  try {
    return await underFire({ start, kills: KILLS, seed });
  } catch (error) {
    if (!STALLED.test((error as Error).message)) throw error;
    console.warn(`fire: ${name} stalled once: ${(error as Error).message}`);
    return underFire({ start, kills: KILLS, seed });
  }
}

async function judge(name: string, start: () => Promise<FireSource>): Promise<void> {
  const outcome = await outcomeOf(name, start);
  console.log(`fire: ${name}, ${JSON.stringify(outcome)}`);
  expect(Object.values(outcome.events).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
}

it(`PostgreSQL: what a group reads is what the tables hold, through ${KILLS} kills`, () =>
  judge("PostgreSQL", postgresFire));

itWithMariadb(`MariaDB: what a group reads is what the tables hold, through ${KILLS} kills`, () =>
  judge("MariaDB", mariadbFire),
);
