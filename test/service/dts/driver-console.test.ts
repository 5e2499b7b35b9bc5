// The driver for MySQL prints a stack trace, or a warning, where a server sends what it does not expect: among the lines of the
// service's log, which are JSON.
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { MessageChannel, Worker } from "node:worker_threads";
import { expect, it, onTestFinished } from "vitest";
import { defaultOptions } from "../../../service/core/settings/service-options.ts";
import { openLine } from "../../../service/core/threads/line.ts";
import type {
  CaptureOrder,
  CaptureThreadCalls,
  CaptureThreadData,
  CaptureThreadNeeds,
  LogWriterCalls,
  ThreadNote,
} from "../../../service/dts/threads/messages.ts";
import { startService } from "../../support/service.ts";
import { callerOf } from "./support/clients.ts";
import { detailOf, startedInstance } from "./support/service.ts";
import { until } from "./support/wait.ts";

const packet = (sequence: number, body: Buffer) =>
  Buffer.concat([Buffer.from([body.length, 0, 0, sequence]), body]);
const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1")));

/** Version, thread, salt, what it can without TLS, the rest of the salt, and how to log in. */
const GREETING = packet(
  0,
  bytes(
    "\x0a8.0.36\0",
    [1, 0, 0, 0],
    "12345678\0",
    [0xff, 0xf7, 0xff, 2, 0, 0xff, 0xdf, 21, ...new Array(10).fill(0)],
    "123456789012\0mysql_native_password\0",
  ),
);
const LOGGED_IN = packet(2, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
const EMPTY = packet(9, Buffer.alloc(0));

/** Lets everybody log in and answers each statement with an empty packet out of order. Resolves to its port. */
async function oddServer(): Promise<number> {
  const server = createServer((socket) => {
    const answers = [LOGGED_IN];
    socket.on("error", () => undefined).on("data", () => socket.write(answers.shift() ?? EMPTY));
    socket.write(GREETING);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

it("a precheck leaves lines of the log alone on standard error, with what was printed at the level debug", async () => {
  const port = await oddServer();
  const service = await startService({ asProcess: true, settings: { logLevel: "debug" } });
  onTestFinished(() => service.stop());
  const call = callerOf("openapi-client V3", service.url);
  const endpoint = {
    SourceEndpointEngineName: "MySQL",
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: String(port),
    SourceEndpointDatabaseName: "shop",
    SourceEndpointUserName: "reader",
    SourceEndpointPassword: "Pass-word-9",
  };
  const { instanceId } = await startedInstance(call, {}, endpoint);
  await until(
    () => detailOf(call, instanceId),
    ({ Status }) => Status === "PrecheckFailed",
  );
  const lines = await until(
    () => service.logs().split("\n").filter(Boolean),
    (all) => all.some((line) => line.includes('"method":"trace"')),
  );
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries.filter(({ event }) => event === "console")).toEqual(
    expect.arrayContaining([expect.objectContaining({ level: "debug", method: "trace" })]),
  );
});

it("a capture thread tells it to the log", async () => {
  const port = await oddServer();
  const { host, outbound, sourceTls } = defaultOptions;
  const thread = new Worker(new URL("../../../service/dts/threads/capture-thread.ts", import.meta.url), {
    workerData: { host, outbound, sourceTls } satisfies CaptureThreadData,
    stderr: true,
  });
  onTestFinished(() => void thread.terminate());
  let printed = "";
  thread.stderr.on("data", (text) => {
    printed += text;
  });
  const notes: ThreadNote[] = [];
  const states: unknown[] = [];
  const line = openLine<CaptureThreadCalls, CaptureThreadNeeds>(thread, {
    state: ({ state }) => void states.push(state),
    largeRow: () => undefined,
    note: (note) => void notes.push(note),
  });
  const { port1, port2 } = new MessageChannel();
  openLine<Record<never, never>, LogWriterCalls>(port1, {
    open: () => ({ position: new Uint8Array(0), nextOffset: 0, lastSeconds: 0 }),
    append: () => undefined,
  });
  line.tell("connect", { port: port2 }, [port2]);
  const order: CaptureOrder = {
    captureId: "odd",
    serviceId: "test",
    family: "mysql",
    host: "127.0.0.1",
    port,
    isConfigured: false,
    user: "reader",
    password: "Pass-word-9",
    database: "shop",
    objects: "{}",
    dml: true,
    ddl: true,
    mayBegin: true,
    firstOffset: 0,
    run: 1,
  };
  await line.ask("run", order);
  await until(
    () => states.length,
    (count) => count > 0,
  );
  expect(states[0]).toMatchObject({ kind: "trouble", code: "SOURCE_LOST" });
  expect(notes).toContainEqual({
    level: "debug",
    event: "dts.driver",
    fields: { method: "trace", text: "" },
  });
  expect(printed).not.toContain("mysql2");
});
