import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type MessagingListener, startMessagingListener } from "../../../service/rocketmq-grpc/listener.ts";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { MemoryBackend } from "../../support/messaging/memory-backend.ts";
import { codeOf, firstOf, RawClient } from "../../support/messaging/raw-client.ts";

let backend: MemoryBackend;
let listener: MessagingListener;
let client: RawClient;

beforeEach(async () => {
  backend = new MemoryBackend();
  backend.declareTopic("orders");
  backend.declareTopic("ordered", "FIFO");
  backend.declareTopic("later", "DELAY");
  backend.declareTopic("sure", "TRANSACTION");
  backend.declareGroup("billing");
  listener = await startMessagingListener({ backend, namespace: "rmq-cn-1" });
  client = new RawClient(listener.port);
});

afterEach(async () => {
  client.close();
  await listener.close();
});

const orders = { name: "orders" };
const group = { name: "billing" };
const { MessageType, ClientType, DigestType } = enums;

function messages(system: object = {}, more: object = {}, topic = orders): object {
  const systemProperties = { messageId: "id-1", ...system };
  return { messages: [{ topic, body: Buffer.from("x"), systemProperties, ...more }] };
}

describe("what is kept as it came", () => {
  it.each([
    ["a digest type", { bodyDigest: { type: -1, checksum: "x" } }, "BAD_REQUEST"],
    ["an encoding", { bodyEncoding: -7 }, "BAD_REQUEST"],
    ["a trace context", { traceContext: "t".repeat(1_025) }, "MESSAGE_PROPERTIES_TOO_LARGE"],
    ["a born host", { bornHost: "h".repeat(1_025) }, "MESSAGE_PROPERTIES_TOO_LARGE"],
  ])("is not %s that is none", async (_name, system, code) => {
    expect(codeOf(await client.call("SendMessage", messages(system)))).toBe(code);
  });

  it("is no negative time to be asked after", async () => {
    const system = {
      messageType: MessageType.TRANSACTION,
      orphanedTransactionRecoveryDuration: { seconds: -1 },
    };
    const answer = await client.call("SendMessage", messages(system, {}, { name: "sure" }));
    expect(codeOf(answer)).toBe("BAD_REQUEST");
  });

  it.each([-5, 9e18])("is no time of birth of %d s", async (seconds) => {
    const send = vi.spyOn(backend, "send");
    await client.call("SendMessage", messages({ bornTimestamp: { seconds } }));
    const [, [sent] = []] = send.mock.calls[0] ?? [];
    expect(Math.abs((sent?.bornAtMs ?? 0) - Date.now())).toBeLessThan(10_000);
  });
});

describe("who may call", () => {
  const route = { topic: orders };
  beforeEach(() => {
    backend.allowsAnonymous = false;
    backend.secrets.set("ann", "secret");
  });

  it("an account with its password", async () => {
    expect(codeOf(await client.call("QueryRoute", route, { username: "ann", password: "secret" }))).toBe(
      "OK",
    );
  });

  it.each([
    ["without an account", {}],
    ["with another password", { username: "ann", password: "other" }],
    ["with an unknown account", { username: "bob", password: "secret" }],
    ["with another scheme", { authorization: "Basic YW5uOnNlY3JldA==" }],
    ["with half a signature", { authorization: "MQv2-HMAC-SHA1 Credential=ann, Signature=AB" }],
    [
      "with a signature of no digits",
      { authorization: `MQv2-HMAC-SHA1 Credential=ann, Signature=${"Z".repeat(40)}` },
    ],
    ["with a header that never ends", { authorization: `MQv2-HMAC-SHA1 ${"a=b,".repeat(1_000)}` }],
  ])("nobody %s", async (_name, headers) => {
    const answer = await client.call("QueryRoute", route, headers);
    expect(codeOf(answer)).toBe("UNAUTHORIZED");
    expect(answer.status?.message).not.toContain("secret");
  });

  it("with a wrong account neither where one without is let in", async () => {
    backend.allowsAnonymous = true;
    expect(codeOf(await client.call("QueryRoute", route))).toBe("OK");
    expect(codeOf(await client.call("QueryRoute", route, { username: "bob" }))).toBe("UNAUTHORIZED");
    // As the Python client has it without an account.
    const authorization = "MQv2-HMAC-SHA1 Credential=, SignedHeaders=x-mq-date-time, Signature=AB";
    expect(codeOf(await client.call("QueryRoute", route, { authorization }))).toBe("OK");
  });

  it("in streams, too", async () => {
    expect((await client.stream("ReceiveMessage", {})).map(codeOf)).toEqual(["UNAUTHORIZED"]);
    expect(codeOf(await firstOf(client.telemetry()))).toBe("UNAUTHORIZED");
  });

  it("nobody without a client id, or of another namespace", async () => {
    backend.allowsAnonymous = true;
    expect(codeOf(await client.call("QueryRoute", route, { clientId: " " }))).toBe("CLIENT_ID_REQUIRED");
    expect(codeOf(await client.call("QueryRoute", route, { namespace: "rmq-cn-2" }))).toBe("FORBIDDEN");
    expect(codeOf(await client.call("QueryRoute", route, { namespace: "rmq-cn-1" }))).toBe("OK");
  });
});

describe("topics and groups", () => {
  it.each([
    ["QueryRoute", { topic: { name: "nothing" } }, "TOPIC_NOT_FOUND"],
    ["QueryRoute", { topic: { name: "or ders" } }, "ILLEGAL_TOPIC"],
    ["QueryRoute", { topic: { ...orders, resourceNamespace: "rmq-cn-2" } }, "TOPIC_NOT_FOUND"],
    ["QueryRoute", { topic: { ...orders, resourceNamespace: "rmq-cn-1" } }, "OK"],
    ["QueryRoute", {}, "ILLEGAL_TOPIC"],
    ["QueryAssignment", { topic: orders, group: { name: "nobody" } }, "CONSUMER_GROUP_NOT_FOUND"],
    ["QueryAssignment", { topic: orders, group: {} }, "ILLEGAL_CONSUMER_GROUP"],
    ["AckMessage", { topic: orders, group: { name: "nobody" }, entries: [{}] }, "CONSUMER_GROUP_NOT_FOUND"],
    ["AckMessage", { topic: orders, group }, "BAD_REQUEST"],
    ["ChangeInvisibleDuration", { topic: orders, group, receiptHandle: "x" }, "INVALID_RECEIPT_HANDLE"],
    [
      "ChangeInvisibleDuration",
      { topic: orders, group, invisibleDuration: { seconds: 999_999 } },
      "ILLEGAL_INVISIBLE_TIME",
    ],
    ["ForwardMessageToDeadLetterQueue", { topic: orders, group }, "INVALID_RECEIPT_HANDLE"],
    ["EndTransaction", { topic: { name: "sure" } }, "INVALID_TRANSACTION_ID"],
    [
      "EndTransaction",
      { topic: { name: "sure" }, transactionId: "transaction-9", resolution: 1 },
      "INVALID_TRANSACTION_ID",
    ],
    ["RecallMessage", { topic: { name: "later" } }, "BAD_REQUEST"],
    ["RecallMessage", { topic: { name: "later" }, recallHandle: "recall-9" }, "NOT_FOUND"],
    ["Heartbeat", { group, clientType: ClientType.PUSH_CONSUMER }, "UNRECOGNIZED_CLIENT_TYPE"],
    ["NotifyClientTermination", { group }, "UNRECOGNIZED_CLIENT_TYPE"],
    ["UpdateOffset", {}, "NOT_IMPLEMENTED"],
    ["GetOffset", {}, "NOT_IMPLEMENTED"],
    ["QueryOffset", {}, "NOT_IMPLEMENTED"],
    ["SyncLiteSubscription", {}, "UNSUPPORTED"],
  ])("%s of %j is %s", async (name, request, code) => {
    expect(codeOf(await client.call(name, request))).toBe(code);
  });

  it("PullMessage is left out", async () => {
    expect((await client.stream("PullMessage", {})).map(codeOf)).toEqual(["NOT_IMPLEMENTED"]);
  });

  it("some of the entries of an ack fail alone", async () => {
    await client.call("SendMessage", messages());
    const [delivery] = await backend.receive(
      {
        topic: "orders",
        group: "billing",
        clientId: "c",
        filter: { type: "TAG", expression: "*" },
        messagesMax: 1,
        bytesMax: 1,
        invisibleMs: 10_000,
        waitMsMax: 0,
        isPush: false,
      },
      new AbortController().signal,
    );
    const entries = [{ receiptHandle: delivery?.handle }, { receiptHandle: "other" }];
    const answer = await client.call("AckMessage", { topic: orders, group, entries });
    expect(codeOf(answer)).toBe("MULTIPLE_RESULTS");
    expect((answer.entries as Parameters<typeof codeOf>[0][]).map(codeOf)).toEqual([
      "OK",
      "INVALID_RECEIPT_HANDLE",
    ]);
  });
});

describe("messages", () => {
  const digest = { type: DigestType.MD5, checksum: "00" };
  const far = { seconds: Math.floor(Date.now() / 1000) + 90_000 };
  it.each([
    ["none", { messages: [] }, "MESSAGE_CORRUPTED"],
    ["without an id", messages({ messageId: " " }), "ILLEGAL_MESSAGE_ID"],
    ["without a body", messages({}, { body: Buffer.alloc(0) }), "MESSAGE_BODY_EMPTY"],
    [
      "with a body too large",
      messages({}, { body: Buffer.alloc(4 * 1024 * 1024 + 1) }),
      "MESSAGE_BODY_TOO_LARGE",
    ],
    ["with the digest of another", messages({ bodyDigest: digest }), "MESSAGE_CORRUPTED"],
    ["with | in the tag", messages({ tag: "a|b" }), "ILLEGAL_MESSAGE_TAG"],
    ["with a blank key", messages({ keys: [" "] }), "ILLEGAL_MESSAGE_KEY"],
    [
      "with a control character",
      messages({}, { userProperties: { a: "\n" } }),
      "ILLEGAL_MESSAGE_PROPERTY_KEY",
    ],
    [
      "with a property of the system",
      messages({}, { userProperties: { KEYS: "a" } }),
      "ILLEGAL_MESSAGE_PROPERTY_KEY",
    ],
    [
      "with large properties",
      messages({}, { userProperties: { a: "a".repeat(17_000) } }),
      "MESSAGE_PROPERTIES_TOO_LARGE",
    ],
    [
      "with many properties",
      messages(
        {},
        { userProperties: Object.fromEntries(Array.from({ length: 129 }, (_, at) => [`p${at}`, ""])) },
      ),
      "MESSAGE_PROPERTIES_TOO_LARGE",
    ],
    [
      "with a long group",
      messages({ messageGroup: "g".repeat(64) }, {}, { name: "ordered" }),
      "ILLEGAL_MESSAGE_GROUP",
    ],
    ["too late", messages({ deliveryTimestamp: far }, {}, { name: "later" }), "ILLEGAL_DELIVERY_TIME"],
    [
      "ordered, to a topic that is not",
      messages({ messageGroup: "g" }),
      "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE",
    ],
    [
      "plain, to an ordered topic",
      messages({}, {}, { name: "ordered" }),
      "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE",
    ],
    [
      "half, to a plain topic",
      messages({ messageType: MessageType.TRANSACTION }),
      "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE",
    ],
    ["with a priority", messages({ priority: 1 }), "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE"],
    ["of a lite topic", messages({ liteTopic: "a" }), "MESSAGE_PROPERTY_CONFLICT_WITH_TYPE"],
  ])("%s are refused", async (_name, request, code) => {
    expect(codeOf(await client.call("SendMessage", request))).toBe(code);
    expect(backend.sent.size).toBe(0);
  });

  it("of two topics are refused at once, and none is kept", async () => {
    const both = [messages(), messages({}, {}, { name: "later" })] as { messages: object[] }[];
    const request = { messages: both.flatMap((one) => one.messages) };
    expect(codeOf(await client.call("SendMessage", request))).toBe("MESSAGE_CORRUPTED");
    expect(backend.sent.size).toBe(0);
  });

  it("in a batch get an entry each", async () => {
    const two = [messages(), messages({ messageId: "id-2" })] as { messages: object[] }[];
    const answer = await client.call("SendMessage", { messages: two.flatMap((one) => one.messages) });
    expect(answer.entries).toMatchObject([{ messageId: "id-1" }, { messageId: "id-2" }]);
  });
});

describe("receives", () => {
  const request = {
    group,
    messageQueue: { topic: orders },
    batchSize: 1,
    invisibleDuration: { seconds: 30 },
  };
  it.each([
    ["without a batch", { batchSize: 0 }, "BAD_REQUEST"],
    ["hidden too shortly", { invisibleDuration: { seconds: 1 } }, "ILLEGAL_INVISIBLE_TIME"],
    ["of an unknown group", { group: { name: "nobody" } }, "CONSUMER_GROUP_NOT_FOUND"],
    [
      "by a filter that cannot be read",
      { filterExpression: { type: 2, expression: "((" } },
      "ILLEGAL_FILTER_EXPRESSION",
    ],
    [
      "by a filter without end",
      { filterExpression: { expression: "a".repeat(5_000) } },
      "ILLEGAL_FILTER_EXPRESSION",
    ],
    ["of nothing", { longPollingTimeout: { seconds: 0 } }, "MESSAGE_NOT_FOUND"],
  ])("%s end with their code", async (_name, more, code) => {
    const [answer] = await client.stream("ReceiveMessage", { ...request, ...more });
    expect(codeOf(answer)).toBe(code);
  });

  it("are answered before the client's own deadline", async () => {
    const startedAtMs = Date.now();
    const answers = await client.stream("ReceiveMessage", request, 1_000);
    expect(answers.map(codeOf)).toEqual(["MESSAGE_NOT_FOUND", undefined]);
    expect(Date.now() - startedAtMs).toBeGreaterThan(700);
  });
});
