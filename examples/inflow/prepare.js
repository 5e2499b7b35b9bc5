/*
 * Makes what the program builds upon: a RocketMQ 5.x instance with the topic `orders`. Prints `key=value` lines for
 * `pulumi config set`. What has its name already is taken again, so this can be run any number of times. Speaks the
 * published API by the official client:
 *
 *   node prepare.js http://127.0.0.1:8780
 */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const endpoint = new URL(process.argv[2] ?? "http://127.0.0.1:8780");
const LOOKS_MAX = 300;
const INSTANCE_NAME = "example-inflow";

const client = new OpenApi(
  new Config({
    endpoint: endpoint.host,
    protocol: endpoint.protocol.replace(":", ""),
    regionId: "cn-hangzhou",
    accessKeyId: process.env.CHANGE_TRACKING_ACCESS_KEY_ID ?? "local",
    accessKeySecret: process.env.CHANGE_TRACKING_ACCESS_KEY_SECRET ?? "local-secret",
  }),
);

async function call(action, method, pathname, content, query) {
  const style = { authType: "AK", style: "ROA", reqBodyType: "json", bodyType: "json" };
  const params = new Params({ action, version: "2022-08-01", protocol: "HTTPS", method, pathname, ...style });
  const request = new OpenApiRequest({ body: content, query });
  return (await client.callApi(params, request, new RuntimeOptions({}))).body;
}

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
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    if ((await call("GetInstance", "GET", `/instances/${id}`)).data.status === "RUNNING") break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { data: topics } = await call("ListTopics", "GET", `/instances/${id}/topics`);
  if (!topics.list.some((one) => one.topicName === "orders"))
    await call("CreateTopic", "POST", `/instances/${id}/topics/orders`, { messageType: "NORMAL" });
  console.log(`queueInstance=${id}\ntopic=orders`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
