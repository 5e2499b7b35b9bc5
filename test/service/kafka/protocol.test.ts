import { describe, expect, it } from "vitest";
import { apis } from "../../../service/kafka/apis/apis.ts";
import { includes } from "../../../service/kafka/wire/fields.ts";
import { Reader } from "../../../service/kafka/wire/reader.ts";
import { listenerForTest } from "../../support/kafka/listener.ts";
import { apiNamed, framed, RawClient, requestFrame, type Values } from "../../support/kafka/raw-client.ts";

const token = (user: string, password: string) => Buffer.from(`\0${user}\0${password}`);

describe("versions", () => {
  it("a version of ApiVersions that is not served is answered in the form of version 0 with 35 and the list", async () => {
    const { listener } = await listenerForTest();
    const client = new RawClient(listener.port);
    const frame = requestFrame(apiNamed("ApiVersions"), 3, {
      clientSoftwareName: "new",
      clientSoftwareVersion: "9",
    });
    frame.writeInt16BE(99, 6);
    const from = new Reader(await client.raw(frame));
    expect(from.int32()).toBe(1);
    const answer = apiNamed("ApiVersions").answer.decode(from, 0);
    expect(answer.errorCode).toBe(35);
    expect(answer.apiKeys).toHaveLength(apis.length);
    expect(from.remaining).toBe(0);
    expect((await client.call("ApiVersions", 3, {})).errorCode).toBe(0);
  });

  it("every API answers in every version that it offers", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"]);
    const topics: Values[] = [
      {
        name: "changes",
        topic: "changes",
        partitionIndexes: [0],
        partitions: [
          { partition: 0, partitionIndex: 0, partitionMaxBytes: 1000, timestamp: -1, committedOffset: 1 },
        ],
      },
    ];
    const request = {
      topics,
      groupId: "g1",
      key: "g1",
      coordinatorKeys: ["g1"],
      groups: [{ groupId: "g1", topics }],
      acks: 1,
    };
    for (const { name, versions, handle } of apis.filter((one) => one.handle.needsLogin)) {
      for (let version = versions.from; version <= versions.to; version += 1) {
        const client = await new RawClient(listener.port).login();
        expect(handle.needsLogin).toBe(true);
        await expect(
          client.call(name, version, name === "DescribeGroups" ? { groups: ["g1"] } : request),
          `${name} ${version}`,
        ).resolves.toBeTypeOf("object");
        client.socket.destroy();
        await client.closed;
      }
    }
  });

  it("an API or a version that is not offered closes the connection", async () => {
    const { listener } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const frame = requestFrame(apiNamed("Heartbeat"), 4, {});
    frame.writeInt16BE(99, 6);
    await expect(client.raw(frame)).rejects.toThrow("closed");
  });
});

describe("login", () => {
  it("takes a bare token after version 0 of the handshake", async () => {
    const { listener } = await listenerForTest();
    const client = new RawClient(listener.port);
    await client.call("SaslHandshake", 0, { mechanism: "PLAIN" });
    expect(await client.raw(framed(token("reader-g1", "Secret-123")))).toHaveLength(0);
    expect((await client.call("Metadata", 0, { topics: [] })).topics).toMatchObject([{ name: "changes" }]);
    const wrong = new RawClient(listener.port);
    await wrong.call("SaslHandshake", 0, { mechanism: "PLAIN" });
    await expect(wrong.raw(framed(token("reader-g1", "Secret-124")))).rejects.toThrow("closed");
  });

  it("refuses other mechanisms, wrong tokens and a second login", async () => {
    const { listener } = await listenerForTest();
    const client = new RawClient(listener.port);
    expect(await client.call("SaslHandshake", 1, { mechanism: "SCRAM-SHA-256" })).toEqual({
      errorCode: 33,
      mechanisms: ["PLAIN"],
    });
    await client.login();
    expect((await client.call("SaslHandshake", 1, { mechanism: "PLAIN" })).errorCode).toBe(34);
    expect((await client.call("SaslAuthenticate", 2, { authBytes: token("reader-g1", "x") })).errorCode).toBe(
      34,
    );
    for (const authBytes of [
      token("reader-g1", ""),
      token("", "Secret-123"),
      Buffer.from("x"),
      Buffer.alloc(5_000),
    ]) {
      const other = new RawClient(listener.port);
      await other.call("SaslHandshake", 1, { mechanism: "PLAIN" });
      expect((await other.call("SaslAuthenticate", 1, { authBytes })).errorCode).toBe(58);
      await other.closed;
    }
  });

  it("serves nothing else before it", async () => {
    const { listener } = await listenerForTest();
    for (const { name, versions } of apis.filter((one) => one.handle.needsLogin)) {
      const client = new RawClient(listener.port);
      await expect(client.call(name, versions.from, {})).rejects.toThrow("closed");
    }
  });
});

describe("what a user sees", () => {
  it("only its own topic and group; whether others exist is not told", async () => {
    const { listener, backend } = await listenerForTest();
    backend.topics.set("others", backend.topics.get("changes") as never);
    const client = await new RawClient(listener.port).login();
    const asked = ["changes", "others", "none"].map((name) => ({ name }));
    const { topics, brokers, clusterId } = await client.call("Metadata", 9, { topics: asked });
    expect((topics as { errorCode: number }[]).map(({ errorCode }) => errorCode)).toEqual([0, 29, 29]);
    expect(brokers).toMatchObject([{ nodeId: 0, host: "127.0.0.1", port: listener.port }]);
    expect(clusterId).toBe("cluster-1");
    const all = await client.call("Metadata", 9, { topics: null });
    expect(all.topics).toMatchObject([{ name: "changes", partitions: [{ leaderId: 0, leaderEpoch: -1 }] }]);
    const coordinators = await client.call("FindCoordinator", 4, { coordinatorKeys: ["g1", "g2"] });
    expect(coordinators.coordinators).toMatchObject([{ errorCode: 0, nodeId: 0 }, { errorCode: 30 }]);
    expect((await client.call("Heartbeat", 4, { groupId: "g2" })).errorCode).toBe(30);
    expect((await client.call("JoinGroup", 7, { groupId: "g2" })).errorCode).toBe(30);
    expect((await client.call("OffsetFetch", 7, { groupId: "g2", topics: null })).errorCode).toBe(30);
    const refused = await client.call("ListOffsets", 6, {
      topics: [{ name: "others", partitions: [{ partitionIndex: 0, timestamp: -1 }] }],
    });
    expect(refused.topics).toMatchObject([{ partitions: [{ errorCode: 29 }] }]);
  });

  it("a topic that is gone, and partitions that never were", async () => {
    const { listener, backend } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const partitions = [{ partitionIndex: 1, timestamp: -1 }];
    const refused = await client.call("ListOffsets", 6, { topics: [{ name: "changes", partitions }] });
    expect(refused.topics).toMatchObject([{ partitions: [{ errorCode: 3 }] }]);
    backend.topics.clear();
    expect((await client.fetch(0)).errorCode).toBe(3);
    expect((await client.call("Metadata", 9, { topics: null })).topics).toEqual([]);
    // LEADER_NOT_AVAILABLE: a login names the topic, so it is there and is only not open yet; clients wait for that.
    expect((await client.call("Metadata", 9, { topics: [{ name: "changes" }] })).topics).toMatchObject([
      { errorCode: 5 },
    ]);
  });

  it("the beginning, the end, and the end for a time behind all records", async () => {
    const { listener, topic } = await listenerForTest();
    topic.append(["a"], 1_700_000_000);
    topic.append(["b", "c"], 1_700_000_010);
    const client = await new RawClient(listener.port).login();
    const at = async (timestamp: number, version = 5) => {
      const partitions = [{ partitionIndex: 0, timestamp }];
      const answer = await client.call("ListOffsets", version, { topics: [{ name: "changes", partitions }] });
      return (answer.topics as { partitions: Values[] }[])[0]?.partitions[0];
    };
    expect(await at(-2)).toMatchObject({ offset: 0, timestamp: -1, leaderEpoch: -1 });
    expect(await at(-1)).toMatchObject({ offset: 3, timestamp: -1 });
    expect(await at(1_700_000_001)).toMatchObject({ offset: 1, timestamp: 1_700_000_010 });
    expect(await at(1_700_000_001_000)).toMatchObject({ offset: 1, timestamp: 1_700_000_010_000 });
    expect(await at(1_800_000_000)).toMatchObject({ errorCode: 0, offset: 3, timestamp: 1_800_000_000 });
    expect(await at(-3)).toMatchObject({ errorCode: 35, offset: -1 });
    expect(await at(-1, 0)).toMatchObject({ oldStyleOffsets: [3] });
  });

  it("writing is refused; a writer that wants no answer is cut off", async () => {
    const { listener } = await listenerForTest();
    const client = await new RawClient(listener.port).login();
    const topics = [{ name: "changes", partitions: [{ partitionIndex: 0, records: [Buffer.from("xyz")] }] }];
    for (const version of [0, 3, 9]) {
      const { responses } = await client.call("Produce", version, { acks: -1, topics });
      expect(responses).toMatchObject([{ name: "changes", partitions: [{ errorCode: 29, baseOffset: -1 }] }]);
    }
    await expect(client.call("Produce", 9, { acks: 0, topics })).rejects.toThrow("closed");
    expect(includes(apiNamed("Produce").versions, 3) && includes(apiNamed("Fetch").versions, 4)).toBe(true);
  });
});
