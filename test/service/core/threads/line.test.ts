import { MessageChannel } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { openLine } from "../../../../service/core/threads/line.ts";

interface Calls {
  double(input: number): number;
  told(input: string): void;
}

function pair(failed?: (name: string, error: Error) => void) {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  const handlers = {
    double: (input: number) => {
      if (input > 10) throw Object.assign(new Error("too large"), { code: "LARGE" });
      return input * 2;
    },
    told: (input: string) => {
      throw new Error(`cannot take ${input}`);
    },
  };
  openLine<Record<never, never>, Calls>(port2, handlers, failed);
  return openLine<Calls, Record<never, never>>(port1, {});
}

/* It was an unhandled rejection, which ended the thread, or the service, with all that was in it. */
it("what a handler throws where nobody waits is told, and the line goes on", async () => {
  const failures: string[] = [];
  const line = pair((name, { message }) => void failures.push(`${name}: ${message}`));
  line.tell("told", "this");
  expect(await line.ask("double", 4)).toBe(8);
  expect(failures).toEqual(["told: cannot take this"]);
  await expect(line.ask("double", 11)).rejects.toMatchObject({ code: "LARGE", message: "too large" });
});

it("it is a warning of the process where nothing else is said", async () => {
  const warned = new Promise<Error>((resolve) => void process.once("warning", resolve));
  pair().tell("told", "this");
  expect(await warned).toMatchObject({ code: "LINE_HANDLER", message: "told: cannot take this" });
});
