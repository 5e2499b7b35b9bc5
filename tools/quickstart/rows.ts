import { Kafka, logLevel } from "kafkajs";
import pg from "pg";
import { type ChangeRecord, decodeRecord, type Row } from "../../records/index.ts";
import type { Backing } from "./paths.ts";

/** What a Kafka client needs to read as a group. */
export interface Reader {
  readonly broker: string;
  readonly topic: string;
  readonly groupId: string;
  readonly username: string;
  readonly password: string;
}

const READ_MS_MAX = 60_000;
const CONNECT_MS_MAX = 10_000;

/**
 * Inserts, updates and deletes an order in the database, reads the same as the group, and hands every line to `print`.
 * Throws when the last of the three has not come within a minute.
 */
export async function showRows(
  database: Backing["database"],
  reader: Reader,
  print: (line: string) => void,
): Promise<void> {
  print("In PostgreSQL, in two transactions:");
  const id = await changeRows(database, (statement) => print(`  ${statement}`));
  const { broker, topic, groupId, username } = reader;
  print(`A Kafka client at ${broker} reads the topic ${topic}`);
  print(`as the group ${groupId}, user ${username}:`);
  let isGone = false;
  await readUntil(reader, (record) => {
    const line = lineOf(record);
    if (line !== undefined) print(`  ${line}`);
    isGone ||= record.operation === "DELETE" && String(record.before?.id) === id;
    return isGone && record.operation === "COMMIT";
  });
}

/** Returns the id of the order: a new one each time, so that none is taken for that of an earlier run. */
async function changeRows(database: Backing["database"], print: (line: string) => void): Promise<string> {
  const client = new pg.Client({
    ...database,
    database: database.name,
    connectionTimeoutMillis: CONNECT_MS_MAX,
    query_timeout: CONNECT_MS_MAX,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      "select greatest(max(id) + 1, extract(epoch from clock_timestamp())::bigint) as id from orders",
    );
    const id = rows[0]?.id ?? "1";
    for (const statement of [
      "begin",
      `insert into orders (id, customer_id, amount) values (${id}, 1, 12.50)`,
      `update orders set amount = 15.00 where id = ${id}`,
      "commit",
      `delete from orders where id = ${id}`,
    ]) {
      print(`${statement};`);
      await client.query(statement);
    }
    return id;
  } finally {
    await client.end();
  }
}

async function readUntil(reader: Reader, isLast: (record: ChangeRecord) => boolean): Promise<void> {
  leaveOutTimeoutWarning();
  const { broker, topic, groupId, username, password } = reader;
  const kafka = new Kafka({
    clientId: "quickstart",
    brokers: [broker],
    sasl: { mechanism: "plain", username, password },
    logLevel: logLevel.NOTHING,
    connectionTimeout: CONNECT_MS_MAX,
  });
  const consumer = kafka.consumer({ groupId });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const late = () =>
        reject(new Error(`the group did not read the changes within ${READ_MS_MAX / 1000} s`));
      timer = setTimeout(late, READ_MS_MAX);
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
      const run = async () => {
        await consumer.connect();
        await consumer.subscribe({ topic, fromBeginning: true });
        let isOver = false;
        await consumer.run({
          async eachMessage({ message }) {
            if (isOver || !message.value) return;
            isOver = isLast(decodeRecord(message.value));
            if (isOver) resolve();
          },
        });
      };
      run().catch(reject);
    });
  } finally {
    clearTimeout(timer);
    // Commits what was read, so that the next run goes on behind it.
    await consumer.disconnect();
  }
}

/** kafkajs 2.2.4 waits for -1 milliseconds less the present time where it means not at all, and Node.js says so. */
function leaveOutTimeoutWarning(): void {
  const warn = process.emitWarning;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] !== "TimeoutNegativeWarning") Reflect.apply(warn, process, [warning, ...rest]);
  };
}

/** Undefined for what only keeps time. */
function lineOf({ operation, schema, table, before, after, statement }: ChangeRecord): string | undefined {
  if (operation === "HEARTBEAT") return undefined;
  if (operation === "DDL") return `DDL    ${statement}`;
  if (!before && !after) return operation;
  const rows = before && after ? `${textOf(before)} -> ${textOf(after)}` : textOf(after ?? before ?? {});
  return `${operation} ${schema}.${table} ${rows}`;
}

function textOf(row: Row): string {
  const columns = Object.entries(row).filter(([name]) => name !== "placed_at");
  return columns.map(([name, value]) => `${name}=${value}`).join(" ");
}
