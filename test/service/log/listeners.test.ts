import { expect, it } from "vitest";
import { Listeners } from "../../../service/log/listeners.ts";

/* It was thrown past everything, which ended the thread with all its logs. */
it("a listener that throws is told in a warning; the others and the writer go on", async () => {
  const warned = new Promise<Error>((resolve) => void process.once("warning", resolve));
  const listeners = new Listeners();
  const told: string[] = [];
  listeners.add(() => {
    throw new Error("a reader's mistake");
  });
  listeners.add(() => void told.push("second"));
  listeners.tell();
  expect(told).toEqual(["second"]);
  expect(await warned).toMatchObject({
    code: "LOG_LISTENER",
    message: "a listener of a log: Error: a reader's mistake",
  });
});
