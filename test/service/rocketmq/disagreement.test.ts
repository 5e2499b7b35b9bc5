import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { enums } from "../../../service/rocketmq-grpc/wire/generated/enums.ts";
import { type Kept, refresh, runOn } from "../../provider/support/groups.ts";
import { firstOf } from "../../support/messaging/raw-client.ts";
import { until } from "../dts/support/wait.ts";
import { consumerSettings, type MessageWorld, openMessageWorld } from "./support/world.ts";

/* What the consumers of a group should not do is named: in the service's status, in the API, and in the resource's status. */

let world: MessageWorld;
beforeAll(async () => {
  world = await openMessageWorld();
});
afterAll(() => world.close());

const simple = async (consumerGroup: string, ...topics: (string | [topic: string, filter: string])[]) => {
  const clients = await world.clients();
  const subscriptions = new Map(topics.map((one) => (typeof one === "string" ? [one, "*"] : one)));
  const consumer = await clients.simpleConsumer({ consumerGroup, subscriptions });
  return { id: consumer.clientId, close: () => clients.close() };
};

const subscriptionsOf = async (group: string) => {
  const { data } = await world.roa("GET", `${world.path}/consumerGroups/${group}/subscriptions`);
  return data as { topicName: string; consistency: boolean }[];
};

/** The resource as a stack keeps it, and what a refresh makes of it and says. */
async function refreshed(name: string) {
  const run = runOn(world.service);
  const props = { platform: "rocketmq", version: "5.x", instance: world.id, name, afterLastRetry: "discard" };
  const kept = (await refresh(run, { id: name, props: { ...props, region: "cn-hangzhou" } })) as Kept;
  const { warnings } = kept.props.status as { warnings?: string[] };
  return { warnings, said: run.said, again: await refresh(runOn(world.service), kept), kept };
}

describe("consumers of a group", () => {
  it("RMQ-7 runtime: that disagree are named, until they agree", async () => {
    await world.topic("orders");
    await world.group("mixed");
    const first = await simple("mixed", "orders");
    await simple("mixed", "orders");
    const odd = await simple("mixed", ["orders", "paid"]);
    const seen = await until(
      () => world.groupReport("mixed"),
      (one) => one?.notes.length === 1,
    );
    expect(seen?.notes[0]).toMatch(
      new RegExp(`^${odd.id} of mixed subscribe differently from ${first.id}, .*\\[RMQ-7\\]$`),
    );
    expect(await subscriptionsOf("mixed")).toMatchObject([{ topicName: "orders", consistency: false }]);
    const { data } = await world.roa("GET", `${world.path}/consumerGroups/mixed/subscriptions/orders`);
    const own = data as {
      connectionDTO: { clientId: string };
      subscriptionDTO: { filterExpression: string };
    }[];
    expect(
      own.map((one) => [one.connectionDTO.clientId, one.subscriptionDTO.filterExpression]),
    ).toContainEqual([odd.id, "paid"]);
    const { warnings, said, again, kept } = await refreshed("mixed");
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`${odd.id} .*does not subscribe to orders.*\\[RMQ-7\\]$`)),
    ]);
    expect(warnings?.[0]).not.toContain(first.id);
    expect(said).toEqual([`warn: ${warnings?.[0]}`]);
    expect(again.props).toEqual(kept.props);

    await odd.close();
    await until(
      () => subscriptionsOf("mixed"),
      ([one]) => one?.consistency === true,
    );
    expect(await world.groupReport("mixed")).toMatchObject({ notes: [] });
    expect(await refreshed("mixed")).toMatchObject({ warnings: undefined, said: [] });
  });

  it("RMQ-8 runtime: more than 10 topics are warned of in the status and at the next refresh", async () => {
    const topics = Array.from({ length: 11 }, (_, at) => `topic-${at}`);
    for (const topic of topics) await world.topic(topic);
    await world.group("within");
    await world.group("beyond");
    // The official client of Node.js may miss the answer to its settings while it still asks for the routes of many topics.
    for (const [group, subscribed] of [
      ["within", topics.slice(1)],
      ["beyond", topics],
    ] as const) {
      const stream = (await world.rawClient({ clientId: `of-${group}` })).telemetry();
      onTestFinished(() => void stream.end());
      stream.write(consumerSettings(group, subscribed));
      await firstOf(stream);
    }
    const seen = await until(
      () => world.groupReport("beyond"),
      (one) => one?.topics.length === 11,
    );
    expect(seen?.notes).toEqual([expect.stringMatching(/^beyond subscribes to 11 topics.*\[RMQ-8\]$/)]);
    const { warnings, said, again, kept } = await refreshed("beyond");
    expect(warnings).toEqual([expect.stringMatching(/"beyond" subscribes to 11 topics.*\[RMQ-8\]$/)]);
    expect(said).toEqual([`warn: ${warnings?.[0]}`]);
    expect(again.props).toEqual(kept.props);
    expect(await world.groupReport("within")).toMatchObject({ notes: [] });
    expect(await refreshed("within")).toMatchObject({ warnings: undefined, said: [] });
  });

  it("RMQ-10 runtime: an old SDK is named, a present one of any language is not", async () => {
    await world.topic("parcels");
    await world.group("veterans");
    const present = await simple("veterans", "parcels");
    const { Language } = enums;
    for (const [clientId, language, version] of [
      ["old-java", Language.JAVA, "4.9.8"],
      ["new-go", Language.GOLANG, "v5.1.2"],
    ] as const) {
      const stream = (await world.rawClient({ clientId })).telemetry();
      onTestFinished(() => void stream.end());
      stream.write(consumerSettings("veterans", ["parcels"], { userAgent: { language, version } }));
      await firstOf(stream);
    }
    const seen = await until(
      () => world.groupReport("veterans"),
      (one) => one?.clients.length === 3,
    );
    expect(seen?.notes).toEqual([expect.stringMatching(/^old-java use an old SDK.*\[RMQ-10\]$/)]);
    const { warnings, said } = await refreshed("veterans");
    expect(warnings).toEqual([expect.stringMatching(/old-java \(.*\) uses an old SDK.*\[RMQ-10\]$/)]);
    expect(warnings?.[0]).not.toContain(present.id);
    expect(said).toEqual([`warn: ${warnings?.[0]}`]);
  });
});
