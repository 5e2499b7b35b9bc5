import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";
import { testRooms } from "../support/rooms.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: testRooms, settings: { logLevel: "warn" } });
});
afterAll(() => service.stop());

interface Connection {
  readonly socket: Socket;
  /** Answers so far. */
  answers(): number;
  text(): string;
  readonly closed: Promise<void>;
}

async function connected(): Promise<Connection> {
  const socket = connect(service.port, "127.0.0.1");
  let text = "";
  const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  socket.setEncoding("utf8").on("error", () => undefined);
  socket.on("data", (chunk) => {
    text += chunk;
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, answers: () => text.split("HTTP/1.1 ").length - 1, text: () => text, closed };
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`;
const post = (body: string) =>
  `POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

describe("requests that are sent ahead", () => {
  it("are answered in their order, pages and calls with bodies alike", async () => {
    const one = await connected();
    const form = post("Action=Nothing&Version=2000-01-01");
    one.socket.write(
      get("/_service/health") + form + get("/_service/nothing") + form + get("/_service/health"),
    );
    await expect.poll(one.answers, { timeout: 20_000 }).toBe(5);
    const codes = [...one.text().matchAll(/HTTP\/1.1 (\d+)/g)].map((match) => Number(match[1]));
    expect(codes).toEqual([200, 400, 404, 400, 200]);
    one.socket.destroy();
  });

  it("in their thousands are not worked on before everybody else's, and cut their connection off", async () => {
    const good = await connected();
    const many = get("/_service/health").repeat(1_000);
    const hogs = await Promise.all(Array.from({ length: 5 }, connected));
    for (const hog of hogs) hog.socket.write(many);
    good.socket.write(get("/_service/health"));
    await expect.poll(good.answers, { timeout: 20_000 }).toBe(1);
    await Promise.all(hogs.map((hog) => hog.closed));
    expect(Math.max(...hogs.map((hog) => hog.answers()))).toBeLessThan(20);
    good.socket.write(get("/_service/health"));
    await expect.poll(good.answers, { timeout: 20_000 }).toBe(2);
    good.socket.destroy();
  });
});
