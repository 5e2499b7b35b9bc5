import { describe, expect, it } from "vitest";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { RawClient } from "../../support/kafka/raw-client.ts";

const REFUSED = 29;
const UNKNOWN_MEMBER = 25;
const NOTHING = Buffer.alloc(0);

async function member(port: number, clientId = "raw") {
  const client = await new RawClient(port, clientId).login();
  const { memberId } = await client.join();
  const joined = await client.join({ memberId });
  expect(joined).toMatchObject({ errorCode: 0, memberId, leader: memberId, protocolName: "range" });
  const generationId = joined.generationId as number;
  const sync = {
    groupId: "g1",
    generationId,
    memberId,
    assignments: [{ memberId, assignment: Buffer.from("all") }],
  };
  const { assignment } = await client.call("SyncGroup", 3, sync);
  expect(Buffer.from(assignment as Uint8Array).toString()).toBe("all");
  return { client, memberId: memberId as string, generationId };
}

describe("one member at a time", () => {
  it("joins in every version, from version 4 on with an id that is given first", async () => {
    const { listener } = await listenerForTest();
    for (let version = 0; version <= 7; version += 1) {
      const client = await new RawClient(listener.port).login();
      const first = await client.join({}, version);
      expect(first.errorCode).toBe(version < 4 ? 0 : 79);
      if (version >= 4)
        expect(await client.join({ memberId: first.memberId }, version)).toMatchObject({ errorCode: 0 });
      const members = [{ memberId: first.memberId }];
      expect(await client.call("LeaveGroup", 4, { groupId: "g1", members })).toMatchObject({
        members: [{ errorCode: 0 }],
      });
    }
  });

  it("refuses a second with 81, before version 4 with 30, and counts it", async () => {
    const { listener } = await listenerForTest();
    const { client, memberId, generationId } = await member(listener.port);
    for (const version of [0, 3, 4, 7]) {
      const second = await new RawClient(listener.port, "other").login();
      expect((await second.join({}, version)).errorCode).toBe(version < 4 ? 30 : 81);
      expect((await second.join({ groupInstanceId: "static" }, version)).errorCode).toBe(
        version < 4 ? 30 : 81,
      );
    }
    expect(listener.sessions("g1")).toMatchObject({ refused: 4, clients: [{ mode: "SUBSCRIBE" }] });
    expect((await client.call("Heartbeat", 4, { groupId: "g1", memberId, generationId })).errorCode).toBe(0);
  });

  it("a refused client neither reads nor commits, not even as a client that assigns itself", async () => {
    const { listener, topic, backend } = await listenerForTest();
    topic.append(["a"]);
    const { client, memberId, generationId } = await member(listener.port);
    const second = await new RawClient(listener.port, "other").login();
    expect((await second.fetch(0)).errorCode).toBe(REFUSED);
    expect(await second.commit(9)).toBe(UNKNOWN_MEMBER);
    expect(await second.commit(9, { memberId, generationId: generationId + 1 })).toBe(22);
    expect(await second.commit(9, { memberId: "made up", generationId })).toBe(UNKNOWN_MEMBER);
    expect((await client.fetch(0)).errorCode).toBe(0);
    expect(await client.commit(1, { memberId, generationId, metadata: "1700000000" })).toBe(0);
    expect(backend.positions.get("g1 changes")).toEqual({ offset: 1, metadata: "1700000000" });
  });

  it("makes room at once when it leaves, when its connection ends, and when its time is over", async () => {
    const { listener } = await listenerForTest({ sessionMsMin: 50 });
    const { client, memberId } = await member(listener.port);
    await client.call("LeaveGroup", 0, { groupId: "g1", memberId });
    const second = await member(listener.port, "second");
    second.client.socket.destroy();
    await expect.poll(() => listener.sessions("g1").clients).toEqual([]);
    const third = await new RawClient(listener.port, "third").login();
    const { memberId: id } = await third.join({ sessionTimeoutMs: 50 });
    await third.join({ memberId: id, sessionTimeoutMs: 50, rebalanceTimeoutMs: 50 });
    await expect.poll(() => listener.sessions("g1").clients).toEqual([]);
    await member(listener.port, "fourth");
  });

  it("goes on over a new connection of its own, if nobody has taken its place", async () => {
    const { listener } = await listenerForTest();
    const { client, memberId, generationId } = await member(listener.port);
    client.socket.destroy();
    await client.closed;
    const again = await new RawClient(listener.port).login();
    expect((await again.call("Heartbeat", 4, { groupId: "g1", memberId, generationId })).errorCode).toBe(0);
    const second = await new RawClient(listener.port, "other").login();
    expect((await second.join()).errorCode).toBe(81);
  });

  it("begins a new generation each time it joins", async () => {
    const { listener } = await listenerForTest();
    const { client, memberId, generationId } = await member(listener.port);
    expect((await client.join({ memberId })).generationId).toBe(generationId + 1);
    expect(await client.commit(1, { memberId, generationId })).toBe(22);
    expect(await client.commit(1, { memberId, generationId: generationId + 1 })).toBe(27);
  });

  it("shows in the tools that list and describe groups", async () => {
    const { listener } = await listenerForTest();
    const asker = await new RawClient(listener.port, "admin").login();
    const described = async () => (await asker.call("DescribeGroups", 5, { groups: ["g1", "g2"] })).groups;
    expect(await described()).toMatchObject([{ groupState: "Empty", members: [] }, { errorCode: 30 }]);
    const { memberId } = await member(listener.port);
    expect(await described()).toMatchObject([
      {
        groupState: "Stable",
        protocolType: "consumer",
        protocolData: "range",
        members: [{ memberId, clientHost: "/127.0.0.1" }],
      },
      { errorCode: 30 },
    ]);
    const stable = [{ groupId: "g1", protocolType: "consumer", groupState: "Stable" }];
    expect((await asker.call("ListGroups", 4, {})).groups).toEqual(stable);
    expect((await asker.call("ListGroups", 4, { statesFilter: ["Empty"] })).groups).toEqual([]);
  });

  it("checks what it joins with", async () => {
    const { listener } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    expect((await client.join({ sessionTimeoutMs: 1 })).errorCode).toBe(26);
    expect((await client.join({ sessionTimeoutMs: 0x7fffffff })).errorCode).toBe(26);
    expect((await client.join({ protocols: [] })).errorCode).toBe(23);
    expect((await client.join({ memberId: "made up" })).errorCode).toBe(UNKNOWN_MEMBER);
    const { memberId } = await client.join();
    const { generationId } = await client.join({ memberId, groupInstanceId: null });
    const sync = { groupId: "g1", generationId, memberId, protocolType: "consumer", protocolName: "other" };
    expect((await client.call("SyncGroup", 5, sync)).errorCode).toBe(23);
    expect((await client.join({ memberId, groupInstanceId: "another" })).errorCode).toBe(82);
  });
});

describe("one reader at a time that assigns itself", () => {
  it("refuses a client of another name at once, and lets it in when the first has gone", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    const first = await new RawClient(listener.port, "first").login();
    const second = await new RawClient(listener.port, "second").login();
    expect((await first.fetch(0)).errorCode).toBe(0);
    expect((await second.fetch(0)).errorCode).toBe(REFUSED);
    expect((await second.join()).errorCode).toBe(81);
    expect(await second.commit(7)).toBe(UNKNOWN_MEMBER);
    expect(await first.commit(1)).toBe(0);
    first.socket.destroy();
    await first.closed;
    await expect.poll(async () => (await second.fetch(0)).errorCode).toBe(0);
  });

  it("refuses a second process of the same name as soon as the first one asks again", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    const first = await new RawClient(listener.port).login();
    const second = await new RawClient(listener.port).login();
    await first.fetch(0);
    expect(await second.fetch(0)).toMatchObject({ errorCode: 0, records: NOTHING });
    expect(await first.commit(1)).toBe(0);
    expect(await second.commit(9)).toBe(UNKNOWN_MEMBER);
    expect((await first.fetch(0)).records.length).toBeGreaterThan(0);
    expect((await second.fetch(0)).errorCode).toBe(REFUSED);
    expect(listener.sessions("g1").refused).toBe(1);
  });

  it("follows a client that moved to a new connection while the old one stays open", async () => {
    const { listener, topic } = await listenerForTest({ readerMsMax: 100 });
    topic.append(["a"]);
    const old = await new RawClient(listener.port).login();
    await old.fetch(0);
    const moved = await new RawClient(listener.port).login();
    expect(await moved.fetch(0)).toMatchObject({ errorCode: 0, records: NOTHING });
    await expect.poll(async () => (await moved.fetch(0)).records.length).toBeGreaterThan(0);
    expect(listener.sessions("g1").refused).toBe(0);
    expect(old.socket.destroyed).toBe(false);
  });

  it("counts a client's own further connections as one session", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    const [reads, commits, asks] = await Promise.all(
      [1, 2, 3].map(() => new RawClient(listener.port).login()),
    );
    await reads?.fetch(0);
    expect(await commits?.commit(1)).toBe(0);
    expect((await asks?.call("Metadata", 5, { topics: null }))?.topics).toHaveLength(1);
    expect(await commits?.commit(1)).toBe(0);
    expect(listener.sessions("g1")).toMatchObject({ refused: 0, clients: [{ mode: "ASSIGN" }] });
  });

  it("gives the turn back to a member that was busy for longer than a reader may be", async () => {
    const { listener, topic } = await listenerForTest({ readerMsMax: 50 });
    topic.append(["a"]);
    const { client } = await member(listener.port);
    await client.fetch(0);
    const other = await new RawClient(listener.port).login();
    await expect.poll(async () => (await other.fetch(0)).records.length).toBeGreaterThan(0);
    expect((await client.fetch(0)).records.length).toBeGreaterThan(0);
    expect((await other.fetch(0)).errorCode).toBe(REFUSED);
  });
});

describe("positions", () => {
  it("none is -1; any offset is kept, with a text of at most 4096 bytes", async () => {
    const { listener, backend } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const kept = async (version: number) => {
      const topics = [{ name: "changes", partitionIndexes: [0, 1] }];
      const answer = await client.call("OffsetFetch", version, {
        groupId: "g1",
        topics,
        groups: [{ groupId: "g1", topics }],
      });
      const of = version < 8 ? answer : (answer.groups as [{ topics: unknown }])[0];
      return (
        of.topics as [{ partitions: { committedOffset: number; metadata: string }[] }]
      )[0].partitions.map(({ committedOffset, metadata }) => `${committedOffset} ${metadata}`);
    };
    expect(await kept(1)).toEqual(["-1 ", "-1 "]);
    expect((await client.call("OffsetFetch", 7, { groupId: "g1", topics: null })).topics).toEqual([]);
    expect(await client.commit(123_456_789_012, { metadata: "é".repeat(2_048) })).toBe(0);
    expect(await client.commit(5, { metadata: "é".repeat(2_049) })).toBe(12);
    expect(await client.commit(-5)).toBe(42);
    for (const version of [1, 5, 6, 8])
      expect((await kept(version))[0]).toBe(`123456789012 ${"é".repeat(2_048)}`);
    backend.commitError = new Error("the disk is full");
    expect(await client.commit(6)).toBe(15);
    expect((await kept(8))[0]).toMatch(/^123456789012/);
  });
});
