/*
 * Takes the messages of the topic as a consumer group and prints them, by the official client of RocketMQ 5:
 *
 *   node consume.js http://127.0.0.1:8780 INSTANCE warehouse orders
 */
const { ConsumeResult, PushConsumer } = require("rocketmq-client-nodejs");
const { call, callUntil } = require("./service");

const [, , , instance, group = "warehouse", topic = "orders"] = process.argv;
const silent = { debug() {}, info() {}, warn() {}, error: console.error };

const addressIn = ({ data }) => data.networkInfo.endpoints[0].endpointUrl;

function print({ body, tag, keys, properties, deliveryAttempt }) {
  const { row } = JSON.parse(body.toString());
  const more = [...properties].map(([name, value]) => `${name}=${value}`).join(" ");
  const again = deliveryAttempt > 1 ? ` (attempt ${deliveryAttempt})` : "";
  const key = keys.length > 0 ? ` key ${keys.join(" ")}` : "";
  console.log(`${tag}${key} ${JSON.stringify(row)} [${more}]${again}`);
}

async function main() {
  // An address that never resolves stands there until the instance lets clients in.
  const isThere = (answer) => !addressIn(answer).includes(".invalid");
  const answer = await callUntil(isThere, "GetInstance", "GET", `/instances/${instance}`);
  const { data: account } = await call("GetInstanceAccount", "GET", `/instances/${instance}/account`);
  const consumer = new PushConsumer({
    endpoints: addressIn(answer),
    namespace: "",
    sessionCredentials: { accessKey: account.username, accessSecret: account.password },
    consumerGroup: group,
    subscriptions: new Map([[topic, "*"]]),
    logger: silent,
    messageListener: {
      async consume(message) {
        print(message);
        return ConsumeResult.SUCCESS;
      },
    },
  });
  // With a word: a client that just goes counts as connected until it is missed.
  const end = () => consumer.shutdown().finally(() => process.exit());
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, end);
  await consumer.startup();
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
