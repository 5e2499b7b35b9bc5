import { expect } from "vitest";
import { listenerForTest } from "./listener.ts";
import { OutsideReader, type Program } from "./outside-reader.ts";

type Mode = "assign" | "subscribe";

/** Reads all, starts from a time, goes on from where it committed, and from now when the time is behind all records. */
export async function readsAndGoesOn(program: Program, mode: Mode): Promise<void> {
  const { brokers, topic, backend } = await listenerForTest();
  topic.append(["a", "b"], 1_700_000_000);
  topic.append(["c"], 1_700_000_010);
  topic.append(["d"], 1_700_000_020);
  const starts = ["beginning/3", "time:1700000005/1", "committed/1", "time:1800000000/0"];
  const steps = starts.map((start) => `${mode}/${start}`);
  expect(await new OutsideReader(program, { brokers, steps }).all()).toEqual([
    ...["0:a", "1:b", "2:c", "done"],
    ...["found 2", "2:c", "done"],
    ...(mode === "assign" ? ["committed 3 m1"] : []),
    ...["3:d", "done"],
    ...["found 4", "done"],
  ]);
  expect(backend.positions.get("g1 changes")?.offset).toBe(4);
}

/** Is turned away while another process of the same name reads, and is welcome once that one was killed. */
export async function oneSessionAtATime(program: Program, mode: Mode, refusal: RegExp): Promise<void> {
  const { brokers, topic, listener } = await listenerForTest();
  topic.append(["a"]);
  const first = new OutsideReader(program, { brokers, steps: [`${mode}/beginning/1+`] });
  await first.line("holding");
  const second = await new OutsideReader(program, { brokers, steps: [`${mode}/beginning/1`] }).all();
  expect(second).toEqual([expect.stringMatching(refusal)]);
  expect(listener.sessions("g1").refused).toBeGreaterThan(0);
  expect(listener.sessions("g1").clients).toMatchObject([{ clientId: "reader", mode: mode.toUpperCase() }]);
  await first.kill();
  const third = await new OutsideReader(program, { brokers, steps: [`${mode}/beginning/1`] }).all();
  expect(third).toEqual(["0:a", "done"]);
}

/** Wrong password, and another group's name. */
export async function isToldWhatIsWrong(program: Program, password: RegExp, group: RegExp): Promise<void> {
  const { brokers } = await listenerForTest();
  const steps = ["subscribe/committed/1"];
  const [wrong, foreign] = await Promise.all([
    new OutsideReader(program, { brokers, steps, password: "Wrong-Word-9" }).all(),
    new OutsideReader(program, { brokers, steps, group: "g2" }).all(),
  ]);
  expect(wrong).toEqual([expect.stringMatching(password)]);
  expect(foreign).toEqual([expect.stringMatching(group)]);
}
