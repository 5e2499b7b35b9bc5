import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredNames } from "../../service/core/http/decode-parameters.ts";
import { rooms } from "../../service/products.ts";
import { rawRpc } from "../service/core/support/raw.ts";
import { type Aim, dice, oddRequest } from "../support/malformed.ts";
import { startService, type TestService } from "../support/service.ts";

/** How many odd requests; `MALFORMED_COUNT=100000` for the long run. `MALFORMED_SEED` repeats a run. */
const count = Number(process.env.MALFORMED_COUNT ?? 2_000);
const seed = Number(process.env.MALFORMED_SEED ?? 20_260_102);
const AT_ONCE = 32;
const SOCKET_MS_MAX = 20_000;
const RESIDENT_MEGABYTES_MAX = 400;
const good = { Version: "2015-06-12", Id: "cn-hangzhou", ServiceCode: "x" };

const aims: readonly Aim[] = rooms.flatMap((room) =>
  room.actions.map(({ name, request }) => ({
    action: name,
    version: room.version,
    parameters: ["RegionId", ...declaredNames(request())],
  })),
);

let service: TestService;
let calls = true;
let goodCalls = 0;
const badCalls: unknown[] = [];

beforeAll(async () => {
  service = await startService({ asProcess: true, settings: { logLevel: "warn" } });
});
afterAll(() => service.stop());

interface Reply {
  readonly text: string;
  readonly late: boolean;
}

/** Sends the bytes, ends its side, and gives back the answer when the service has closed too. */
function send(bytes: Buffer, more: { stayOpen?: boolean } = {}): Promise<Reply> {
  return new Promise((resolve) => {
    let text = "";
    let late = false;
    const socket = connect(service.port, "127.0.0.1");
    const timer = setTimeout(() => {
      late = true;
      socket.destroy();
    }, SOCKET_MS_MAX);
    socket.on("data", (chunk) => {
      text = (text + chunk.toString("latin1")).slice(0, 20_000);
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      clearTimeout(timer);
      resolve({ text, late });
    });
    socket.on("connect", () => (more.stayOpen ? socket.write(bytes) : socket.end(bytes)));
  });
}

async function callProperly(): Promise<void> {
  while (calls) {
    const answer = await rawRpc(service, "DescribeEndpoints", good).catch((error: unknown) => ({
      code: String(error),
    }));
    if (answer.code === "") goodCalls += 1;
    else badCalls.push(answer.code);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Every answer is a documented refusal (or a harmless success), in JSON; never a defect. */
function problemOf({ text, late }: Reply): string | undefined {
  if (late) return "no end within the bound";
  if (text === "") return undefined;
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  if (!(status === 200 || (status >= 400 && status < 500))) return `status ${status}`;
  return /InternalError|\.ts:\d/.test(text) ? "an answer that shows a defect" : undefined;
}

function residentMegabytes(): number {
  const status = readFileSync(`/proc/${service.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

describe(`${count} malformed requests (seed ${seed})`, () => {
  it("are refused, the process lives, and well-formed callers get their answers", {
    timeout: 60_000 + count * 20,
  }, async () => {
    const die = dice(seed);
    const problems: string[] = [];
    let left = count;
    const callers = [callProperly(), callProperly()];
    const worker = async () => {
      while (left > 0 && problems.length < 10) {
        left -= 1;
        const bytes = oddRequest(die, service.key, aims);
        const reply = await send(bytes);
        const problem = problemOf(reply);
        if (problem)
          problems.push(
            `${problem}: ${bytes.toString("latin1").slice(0, 600)} -> ${reply.text.slice(0, 600)}`,
          );
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    calls = false;
    await Promise.all(callers);
    expect(problems).toEqual([]);
    expect(badCalls).toEqual([]);
    expect(goodCalls).toBeGreaterThan(10);
    expect(service.logs()).not.toMatch(/call\.failed|admin\.failed/);
    if (process.platform === "linux") expect(residentMegabytes()).toBeLessThan(RESIDENT_MEGABYTES_MAX);
  });

  it("huge and slow bodies hold up nobody", async () => {
    calls = true;
    const caller = callProperly();
    const before = goodCalls;
    const huge = Buffer.alloc(6 * 1024 * 1024, "a=b&");
    const head = Buffer.from(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${huge.length}\r\n\r\n`);
    const many = `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000\r\n\r\n${"&a=1".repeat(1_000_000)}`;
    const chunked = Buffer.concat([
      Buffer.from("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n600000\r\n"),
      huge,
      Buffer.from("\r\n0\r\n\r\n"),
    ]);
    const replies = await Promise.all([
      ...Array.from({ length: 4 }, () => send(Buffer.concat([head, huge]))),
      ...Array.from({ length: 4 }, () => send(chunked)),
      send(Buffer.from(many)),
      ...Array.from({ length: 50 }, () =>
        send(Buffer.from("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\na"), {
          stayOpen: true,
        }),
      ),
    ]);
    calls = false;
    await caller;
    expect(replies.slice(0, 8).map(({ text }) => text.slice(0, 12))).toEqual(Array(8).fill("HTTP/1.1 413"));
    expect(replies[8]?.text).toContain("InvalidParameter.Format");
    // The slow ones end with the deadline of bodies.
    expect(replies.slice(9).every(({ text }) => text.startsWith("HTTP/1.1 408"))).toBe(true);
    expect(badCalls).toEqual([]);
    expect(goodCalls).toBeGreaterThan(before + 10);
    if (process.platform === "linux") expect(residentMegabytes()).toBeLessThan(RESIDENT_MEGABYTES_MAX);
  });
});
