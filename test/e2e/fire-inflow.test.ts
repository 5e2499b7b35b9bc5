import { beforeAll, expect, it } from "vitest";
import { SERVICE_BUNDLES } from "../../tools/build/targets.ts";
import { build } from "../../tools/build.ts";
import { fireSeed } from "../support/fire.ts";
import { flowUnderFire } from "../support/inflow/flow-under-fire.ts";

/*
 * The oracle of inflow tasks: sessions change orders in a real database while two tasks carry them through a function that
 * hangs, dies and answers nonsense to ordered topics, one with a dead-letter queue and one that tolerates no error; some
 * events are sent to topics that do not exist yet, or never do. At random moments the service as it is shipped, or a
 * consumer, is killed. Every committed change that passes the pattern must have come to the consumers, in order per key.
 */
/** The short form; FIRE_KILLS=50 for the long one. */
const KILLS = Number(process.env.FIRE_KILLS ?? 6);

beforeAll(() => build({ only: [...SERVICE_BUNDLES] }));

it(`what a task carries is what was committed, through ${KILLS} kills`, async () => {
  const outcome = await flowUnderFire({ kills: KILLS, seed: fireSeed(20_261_127) });
  console.log(`fire: inflow, ${JSON.stringify(outcome)}`);
  expect(outcome).toMatchObject({ events: { service: expect.any(Number), consumer: expect.any(Number) } });
});
