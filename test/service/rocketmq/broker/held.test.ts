import { describe, expect, it, onTestFinished, vi } from "vitest";
import { HeldStore } from "../../../../service/rocketmq/broker/state/held-store.ts";
import type { HalfMessage } from "../../../../service/rocketmq-grpc/backend.ts";
import { bodies, groupSpec, INSTANCE, instanceSpec, TestBroker, topicSpec } from "./support/broker.ts";

const spec = instanceSpec({
  topics: [topicSpec("later", "DELAY"), topicSpec("bank", "TRANSACTION"), topicSpec("orders")],
  groups: [groupSpec("workers")],
});
const later = { topic: "later", group: "workers", invisibleMs: 60_000 };
const bank = { topic: "bank", group: "workers" };
const half = (text: string) => ({ isHalf: true, body: Buffer.from(text) });

/** From now on nothing can be taken out, or put off, as where the disk is full; returns what ends that. */
function fillDisk(): () => void {
  const full = () => {
    throw new Error("database or disk is full");
  };
  const remove = vi.spyOn(HeldStore.prototype, "remove").mockImplementation(full);
  const defer = vi.spyOn(HeldStore.prototype, "defer").mockImplementation(full);
  return () => {
    remove.mockRestore();
    defer.mockRestore();
  };
}

describe("on a full disk", () => {
  it("a delayed message is delivered once, and counts until it is taken out", async () => {
    const broker = await TestBroker.open(spec);
    const held = async () =>
      (await broker.broker.figures(INSTANCE))?.topics.find(({ topic }) => topic === "later")?.held;
    const [receipt] = await broker.send("later", { deliverAtMs: broker.clock.now() + 30_000 });
    const free = fillDisk();
    onTestFinished(free);
    for (let second = 0; second < 5; second += 1) {
      broker.pass(second === 0 ? 30_001 : 1_001);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(await broker.receive(later)).toHaveLength(1);
    expect(await broker.backend.recall("later", receipt?.recallHandle ?? "")).toBeUndefined();
    expect(await held()).toBe(1);
    free();
    broker.pass(1_001);
    await expect.poll(held).toBe(0);
    expect(await broker.receive(later)).toEqual([]);
  });

  it("a half message is asked for later, and one that was committed is not rolled back", async () => {
    const broker = await TestBroker.open(spec);
    const asked: HalfMessage[] = [];
    broker.backend.onUndecided((one) => asked.push(one));
    const [receipt] = await broker.send("bank", half("1"));
    const id = receipt?.transactionId ?? "";
    const free = fillDisk();
    onTestFinished(free);
    broker.pass(6_001);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toEqual([]);
    await expect(broker.backend.endTransaction("bank", id, "COMMIT")).rejects.toThrow("full");
    expect(await broker.backend.endTransaction("bank", id, "ROLLBACK")).toBe(false);
    free();
    broker.pass(1_001);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await broker.backend.endTransaction("bank", id, "COMMIT")).toBe(true);
    expect(bodies(await broker.receive(bank))).toEqual(["1"]);
    expect(asked).toEqual([]);
  });
});

describe("a delayed message", () => {
  const delayed = (broker: TestBroker, ms: number, text = "1") => ({
    deliverAtMs: broker.clock.now() + ms,
    body: Buffer.from(text),
  });

  it("comes when its time has come, not before", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("later", delayed(broker, 60_000, "second"));
    await broker.send("later", delayed(broker, 30_000, "first"));
    broker.pass(29_000);
    expect(await broker.receive(later)).toEqual([]);
    broker.pass(1_001);
    expect(bodies(await broker.receive({ ...later, waitMsMax: 5_000 }))).toEqual(["first"]);
    broker.pass(30_001);
    expect(bodies(await broker.receive({ ...later, waitMsMax: 5_000 }))).toEqual(["second"]);
  });

  it("comes at once when its time is past", async () => {
    const broker = await TestBroker.open(spec);
    const [receipt] = await broker.send("later", delayed(broker, -1));
    expect(receipt?.recallHandle).toBeUndefined();
    expect(bodies(await broker.receive(later))).toEqual(["1"]);
  });

  it("comes although the broker was closed when its time came", async () => {
    const broker = await TestBroker.open(spec);
    await broker.send("later", delayed(broker, 30_000));
    broker.clock.move(60_000);
    await broker.reopen();
    expect(bodies(await broker.receive({ ...later, waitMsMax: 5_000 }))).toEqual(["1"]);
    await broker.reopen();
    broker.pass(60_001);
    expect(await broker.receive(later)).toMatchObject([{ attempt: 2, offset: 0 }]);
  });

  it("is recalled before that, and not behind it", async () => {
    const broker = await TestBroker.open(spec);
    const [one, other] = await broker.send("later", delayed(broker, 30_000), delayed(broker, 30_000, "2"));
    expect(await broker.backend.recall("later", one?.recallHandle ?? "")).toBe(one?.messageId);
    expect(await broker.backend.recall("later", one?.recallHandle ?? "")).toBeUndefined();
    broker.pass(30_001);
    expect(bodies(await broker.receive({ ...later, waitMsMax: 5_000 }))).toEqual(["2"]);
    expect(await broker.backend.recall("later", other?.recallHandle ?? "")).toBeUndefined();
  });
});

describe("a transaction", () => {
  it("shows its message when it is committed, once", async () => {
    const broker = await TestBroker.open(spec);
    const [{ transactionId = "" } = {}] = await broker.send("bank", half("1"));
    expect(await broker.receive(bank)).toEqual([]);
    expect(await broker.backend.endTransaction("bank", transactionId, "COMMIT")).toBe(true);
    expect(bodies(await broker.receive(bank))).toEqual(["1"]);
    expect(await broker.backend.endTransaction("bank", transactionId, "COMMIT")).toBe(true);
    expect(await broker.backend.endTransaction("bank", transactionId, "ROLLBACK")).toBe(false);
    expect(await broker.receive(bank)).toEqual([]);
  });

  it("never shows it when it is rolled back", async () => {
    const broker = await TestBroker.open(spec);
    const [{ transactionId = "" } = {}] = await broker.send("bank", half("1"));
    expect(await broker.backend.endTransaction("bank", transactionId, "ROLLBACK")).toBe(true);
    expect(await broker.backend.endTransaction("bank", transactionId, "COMMIT")).toBe(false);
    expect(await broker.backend.endTransaction("bank", "unknown", "COMMIT")).toBe(false);
    expect(await broker.receive(bank)).toEqual([]);
  });

  it("is asked about when it stays undecided, goes on when the broker is opened again, and is given up after 15 times", async () => {
    const broker = await TestBroker.open(spec);
    const asked: HalfMessage[] = [];
    const listen = () => broker.backend.onUndecided((one) => asked.push(one));
    listen();
    const [{ transactionId = "" } = {}] = await broker.send("bank", half("1"));
    broker.pass(5_000);
    await expect.poll(() => asked.length).toBe(0);
    broker.pass(1_001);
    await expect.poll(() => asked.length).toBe(1);
    expect(asked).toMatchObject([{ topic: "bank", transactionId, message: { body: expect.anything() } }]);
    await broker.reopen();
    listen();
    for (let times = 2; times <= 15; times += 1) {
      broker.pass(30_001);
      await expect.poll(() => asked.length).toBe(times);
    }
    broker.pass(30_001);
    await expect.poll(() => broker.notes).toEqual(["messages.transactionGivenUp"]);
    expect(asked).toHaveLength(15);
    expect(await broker.backend.endTransaction("bank", transactionId, "COMMIT")).toBe(false);
    expect(await broker.receive(bank)).toEqual([]);
  });
});

describe("a topic", () => {
  it.each([
    ["orders", half("1"), "is TRANSACTION"],
    ["orders", { messageGroup: "a" }, "is FIFO"],
    ["orders", { deliverAtMs: 1 }, "is DELAY"],
    ["bank", {}, "is NORMAL"],
    ["later", {}, "send it with a time of delivery"],
  ])("%s takes no other messages than its own: %j", async (topic, given, text) => {
    const broker = await TestBroker.open(spec);
    const refused = expect.objectContaining({ code: "MESSAGE_TYPE", message: expect.stringContaining(text) });
    await expect(broker.send(topic, given)).rejects.toEqual(refused);
  });

  it("takes no message that is too large, and then none that came with it", async () => {
    const broker = await TestBroker.open(spec);
    const large = { body: Buffer.alloc(4 * 1024 * 1024 + 1) };
    await expect(broker.send("orders", "1", large)).rejects.toMatchObject({ code: "MESSAGE_TOO_LARGE" });
    expect(await broker.receive()).toEqual([]);
  });
});
