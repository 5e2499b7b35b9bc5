import { beforeAll, expect, it } from "vitest";
import { SERVICE_BUNDLES } from "../../tools/build/targets.ts";
import { build } from "../../tools/build.ts";
import { mariadbFire } from "../support/dts/fire/mariadb.ts";
import { postgresFire } from "../support/dts/fire/postgres.ts";
import type { FireSource } from "../support/dts/fire/source.ts";
import { underFire } from "../support/dts/fire/under-fire.ts";
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

beforeAll(() => build({ only: [...SERVICE_BUNDLES] }));

async function judge(name: string, start: () => Promise<FireSource>): Promise<void> {
  const outcome = await underFire({ start, kills: KILLS, seed });
  console.log(`fire: ${name}, ${JSON.stringify(outcome)}`);
  expect(Object.values(outcome.events).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
}

it(`PostgreSQL: what a group reads is what the tables hold, through ${KILLS} kills`, () =>
  judge("PostgreSQL", postgresFire));

itWithMariadb(`MariaDB: what a group reads is what the tables hold, through ${KILLS} kills`, () =>
  judge("MariaDB", mariadbFire),
);
