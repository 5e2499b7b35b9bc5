// Whatever listens at a source's address is read by the driver, in the thread of all captures and, for the precheck, in the main
// one. An error whose fields do not end kept it reading for ever, an unknown way to log in was thrown where nobody catches, and
// an announced length was memory taken: one port that is no PostgreSQL ended or stopped the whole service.
import { createServer, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import type { CaptureJob } from "../../../../../service/dts/capture/capture.ts";
import { CopyBoth } from "../../../../../service/dts/capture/postgres/copy-both.ts";
import { guardedSocket } from "../../../../../service/dts/capture/postgres/guarded-socket.ts";
import { postgresCapture } from "../../../../../service/dts/capture/postgres/postgres-capture.ts";
import { dependenciesOf } from "../../../../support/dts/running-capture.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Answers each piece that comes with the next of these. */
async function serverOf(...answers: Buffer[]): Promise<CaptureJob> {
  const server = createServer((socket) => {
    const left = [...answers];
    socket.on("error", () => undefined);
    socket.on("data", () => {
      const answer = left.shift();
      if (answer) socket.write(answer);
      else socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  closing.push(() => server.close());
  const { port } = server.address() as { port: number };
  return {
    jobId: "j",
    serviceId: "s",
    host: "127.0.0.1",
    port,
    user: "u",
    password: "Pass-word-9",
  } as CaptureJob;
}

function message(type: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string, "latin1");
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeUInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

const ready = Buffer.concat([
  message("R", "\0\0\0\0"),
  message("S", "server_version\x0018.0\0"),
  message("Z", "I"),
]);
const wholeError = message("E", "SFATAL\0C28000\0Mno\0\0");

const hostile: readonly [string, Buffer][] = [
  ["an error whose text does not end", message("E", "SFATAL")],
  ["an error without an end", message("E", "SFATAL\0")],
  ["an empty error", message("E", "")],
  ["a notice without an end, behind the login", Buffer.concat([ready, message("N", "Mx\0")])],
  ["an unknown way to log in", message("R", "\0\0\0\x63")],
  ["a login that ends early", message("R", "\0")],
  ["a row with a number of columns below zero", Buffer.concat([ready, message("D", "\xff\xff")])],
  ["a row that ends early", Buffer.concat([ready, message("D", "\0\x05\0")])],
  ["a length below four", Buffer.from("R\0\0\0\0\0\0\0\0", "latin1")],
  ["a length of two gigabytes", Buffer.from("D\x7f\xff\xff\xff", "latin1")],
  ["another protocol", Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")],
];

it.each(hostile)("a capture gets over %s", async (_name, answer) => {
  const job = await serverOf(answer, answer, answer);
  const capture = postgresCapture(job, dependenciesOf(job));
  await expect(capture.prepare(new AbortController().signal)).rejects.toMatchObject({
    code: expect.stringMatching(/SOURCE_LOST|REFUSED/),
    message: expect.stringContaining(`The source at 127.0.0.1:${job.port}: could not`),
  });
});

async function sockets(): Promise<[client: Socket, server: Socket]> {
  let accept: (socket: Socket) => void = () => undefined;
  const accepted = new Promise<Socket>((resolve) => {
    accept = resolve;
  });
  const server = createServer((socket) => accept(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const job = { host: "127.0.0.1", port: (server.address() as { port: number }).port } as CaptureJob;
  const client = await dependenciesOf(job).connect();
  const other = await accepted;
  closing.push(() => {
    client.destroy();
    other.destroy();
    server.close();
  });
  return [client, other];
}

it("whole messages are handed on as they come, wherever they are cut; nothing behind a broken one", async () => {
  const [socket, server] = await sockets();
  const got: Buffer[] = [];
  const errors: string[] = [];
  guardedSocket(socket).on("data", (chunk: Buffer) => got.push(chunk));
  socket.on("error", (error) => errors.push(error.message));
  const good = Buffer.concat([
    ready,
    wholeError,
    message("N", "\0"),
    message("T", "\0\0"),
    message("Z", "I"),
  ]);
  server.setNoDelay(true);
  for (const byte of good) {
    server.write(Buffer.from([byte]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await expect.poll(() => Buffer.concat(got).equals(good)).toBe(true);
  server.write(message("E", "SFATAL\0"));
  await expect.poll(() => errors).toEqual(["the source sent an error that does not end"]);
  expect(Buffer.concat(got)).toEqual(good);
});

it("an answer is bounded, however many messages it has", async () => {
  const [socket, server] = await sockets();
  const errors: string[] = [];
  guardedSocket(socket).on("data", () => undefined);
  socket.on("error", (error) => errors.push(error.message));
  const row = message("D", Buffer.alloc(1024 * 1024));
  server.on("error", () => undefined);
  for (let count = 0; count < 70; count += 1) server.write(row);
  await expect
    .poll(() => errors, { timeout: 10_000 })
    .toEqual([expect.stringContaining("an answer of more than")]);
});

it.each([
  ["a length below four", Buffer.from("d\0\0\0\x03", "latin1")],
  ["a length that no message has", Buffer.from("d\xff\xff\xff\xff", "latin1")],
])("a replication ends at %s", async (_name, bytes) => {
  const [socket, server] = await sockets();
  const ended: string[] = [];
  const copy = new CopyBoth({
    socket,
    onData: () => ended.push("data"),
    onDrained: () => undefined,
    onEnd: (error) => ended.push(error.message),
  });
  const started = copy.start("START_REPLICATION");
  server.write(message("W", "\0\0\0"));
  await started;
  server.write(bytes);
  await expect.poll(() => ended).toEqual([expect.stringContaining("is no message")]);
});
