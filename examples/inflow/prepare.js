/*
 * Makes what the program builds upon: a RocketMQ 5.x instance with the topic `orders`. Prints `key=value` lines for
 * `pulumi config set`. What has its name already is taken again, so this can be run any number of times. Speaks the
 * published API by the official client:
 *
 *   node prepare.js http://127.0.0.1:8780
 */
const { call, callUntil } = require("./service");

const INSTANCE_NAME = "example-inflow";

async function makeInstance() {
  const { data } = await call("ListInstances", "GET", "/instances", undefined, { filter: INSTANCE_NAME });
  const found = data.list.find((one) => one.instanceName === INSTANCE_NAME);
  if (found) return found.instanceId;
  const made = await call("CreateInstance", "POST", "/instances", {
    instanceName: INSTANCE_NAME,
    serviceCode: "rmq",
    seriesCode: "standard",
    subSeriesCode: "single_node",
    paymentType: "PayAsYouGo",
    networkInfo: {
      vpcInfo: { vpcId: "vpc-example", vSwitches: [{ vSwitchId: "vsw-example" }] },
      internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
    },
  });
  return made.data;
}

async function main() {
  const id = await makeInstance();
  const isRunning = ({ data }) => data.status === "RUNNING";
  await callUntil(isRunning, "GetInstance", "GET", `/instances/${id}`);
  const { data: topics } = await call("ListTopics", "GET", `/instances/${id}/topics`);
  if (!topics.list.some((one) => one.topicName === "orders"))
    await call("CreateTopic", "POST", `/instances/${id}/topics/orders`, { messageType: "NORMAL" });
  console.log(`queueInstance=${id}\ntopic=orders`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
