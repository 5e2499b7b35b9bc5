import { type Caller, callerOf } from "../../service/dts/support/clients.ts";
import { detailOf, groupOf, PASSWORD, runningInstance } from "../../service/dts/support/service.ts";
import { startService, type TestService } from "../service.ts";
import type { TestGroup } from "./consumer.ts";
import { PostgresSource } from "./postgres-source.ts";

/** A real PostgreSQL that a real service, in a process of its own, captures: all of the database shop. */
export interface Tracked {
  readonly source: PostgresSource;
  readonly service: TestService;
  readonly call: Caller;
  readonly instanceId: string;
  /** Makes a group. */
  group(name: string): Promise<TestGroup>;
  stop(): Promise<void>;
}

/** `tables` are made before capture begins. */
export async function startTracked(tables: readonly string[]): Promise<Tracked> {
  const [source, service] = await Promise.all([PostgresSource.start(), startService({ asProcess: true })]);
  const stop = async () => {
    await service.stop();
    await source.stop();
  };
  try {
    for (const statement of tables) await source.sql(statement);
    const call = callerOf("openapi-client V3", service.url);
    const instanceId = await capturedInstance(call, endpointOf(source));
    return { source, service, call, instanceId, group: (name) => makeGroup(call, instanceId, name), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How an instance names this source. */
export function endpointOf({ server, database }: PostgresSource): Record<string, string> {
  return {
    SourceEndpointEngineName: "PostgreSQL",
    SourceEndpointPort: String(server.port),
    SourceEndpointDatabaseName: database,
    SourceEndpointUserName: "tracker",
    SourceEndpointPassword: server.password,
  };
}

/** Makes an instance over all of the database shop of a source on this machine; resolves to its id when it is Normal. */
export async function capturedInstance(call: Caller, endpoint: Record<string, string>): Promise<string> {
  const local = { SourceEndpointInstanceType: "LocalInstance", SourceEndpointIP: "127.0.0.1" };
  return (await runningInstance(call, {}, { ...local, ...endpoint })).instanceId;
}

/** Makes a group, with the account NAME_1. */
export async function makeGroup(call: Caller, instanceId: string, name: string): Promise<TestGroup> {
  const account = `${name}_1`;
  const more = { ConsumerGroupName: name, ConsumerGroupUserName: account };
  const { ConsumerGroupID } = await call("CreateConsumerChannel", groupOf(instanceId, more));
  const { SubscribeTopic, SubscriptionHost } = await detailOf(call, instanceId);
  const { PublicHost } = SubscriptionHost as { PublicHost: string };
  return {
    broker: PublicHost,
    topic: String(SubscribeTopic),
    groupId: String(ConsumerGroupID),
    account,
    password: PASSWORD,
  };
}

/** The table that `changeOrder` changes. */
export const ORDERS = [
  "CREATE TABLE orders (id int PRIMARY KEY, amount numeric(10, 2), note text)",
  "ALTER TABLE orders REPLICA IDENTITY FULL",
];

/** An order comes and changes in one transaction, and goes in the next. */
export async function changeOrder(source: PostgresSource, id: number): Promise<void> {
  await source.sql(
    `BEGIN; INSERT INTO orders VALUES (${id}, 12.50, 'new'); UPDATE orders SET amount = 15 WHERE id = ${id}; COMMIT`,
  );
  await source.sql(`DELETE FROM orders WHERE id = ${id}`);
}

/** As the programs in examples/consume take it. */
export function trackingEnvironment(group: TestGroup): Record<string, string> {
  return {
    TRACKING_BROKERS: group.broker,
    TRACKING_TOPIC: group.topic,
    TRACKING_ACCOUNT: group.account,
    TRACKING_GROUP_ID: group.groupId,
    TRACKING_PASSWORD: group.password,
  };
}
