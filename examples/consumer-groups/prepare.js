/*
 * Makes what the program builds upon: a RocketMQ instance of each series, a topic for dead letters, and two IoT products.
 * Prints `key=value` lines for `pulumi config set`. What has its name already is taken again, so this can be run any
 * number of times. Speaks the published API by the official client:
 *
 *   node prepare.js http://127.0.0.1:8780
 */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const endpoint = new URL(process.argv[2] ?? "http://127.0.0.1:8780");
const regionId = "cn-hangzhou";
const LOOKS_MAX = 300;
const NAME = "example-consumer-groups";

const client = new OpenApi(
  new Config({
    endpoint: endpoint.host,
    protocol: endpoint.protocol.replace(":", ""),
    regionId,
    accessKeyId: process.env.CHANGE_TRACKING_ACCESS_KEY_ID ?? "local",
    accessKeySecret: process.env.CHANGE_TRACKING_ACCESS_KEY_SECRET ?? "local-secret",
  }),
);

async function call(version, action, content, route) {
  const params = new Params({
    action,
    version,
    protocol: "HTTPS",
    pathname: route?.path ?? "/",
    method: route?.method ?? "POST",
    authType: "AK",
    style: route ? "ROA" : "RPC",
    reqBodyType: route ? "json" : "formData",
    bodyType: "json",
  });
  const { body } = await client.callApi(
    params,
    new OpenApiRequest({ body: content, query: route?.query }),
    new RuntimeOptions({}),
  );
  if (body.Success === false) throw new Error(`${action}: ${body.Code}: ${body.ErrorMessage}`);
  return body;
}

const rocketmq = (action, method, path, body, query) =>
  call("2022-08-01", action, body, { method, path, query });
const ons = (action, body) => call("2019-02-14", action, { RegionId: regionId, ...body });
const iot = (action, body) => call("2018-01-20", action, { RegionId: regionId, ...body });

async function orderRocketmq5() {
  const { data } = await rocketmq("ListInstances", "GET", "/instances", undefined, { filter: NAME });
  const found = data.list.find((one) => one.instanceName === NAME);
  if (found) return found.instanceId;
  const network = {
    vpcInfo: { vpcId: "vpc-example", vSwitches: [{ vSwitchId: "vsw-example" }] },
    internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
  };
  const series = { serviceCode: "rmq", seriesCode: "standard", subSeriesCode: "single_node" };
  const order = { ...series, instanceName: NAME, paymentType: "PayAsYouGo", networkInfo: network };
  return (await rocketmq("CreateInstance", "POST", "/instances", order)).data;
}

async function makeRocketmq5() {
  const id = await orderRocketmq5();
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const { data } = await rocketmq("GetInstance", "GET", `/instances/${id}`);
    if (data.status === "RUNNING") break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { data: topics } = await rocketmq("ListTopics", "GET", `/instances/${id}/topics`);
  const topic = { messageType: "NORMAL" };
  if (!topics.list.some((one) => one.topicName === "dead-letters"))
    await rocketmq("CreateTopic", "POST", `/instances/${id}/topics/dead-letters`, topic);
  return id;
}

async function makeRocketmq4() {
  const listed = await ons("OnsInstanceInServiceList", {});
  const found = listed.Data.InstanceVO.find((one) => one.InstanceName === NAME);
  return (found ?? (await ons("OnsInstanceCreate", { InstanceName: NAME })).Data).InstanceId;
}

async function makeProduct(ProductName) {
  const { Data } = await iot("QueryProductList", { CurrentPage: 1, PageSize: 200 });
  const found = Data.List.ProductInfo.find((one) => one.ProductName === ProductName);
  return (found ?? (await iot("CreateProduct", { ProductName, NodeType: 0 }))).ProductKey;
}

async function main() {
  const rocketmq5 = await makeRocketmq5();
  const settings = {
    rocketmq5,
    deadLetterTopic: "dead-letters",
    rocketmq4: await makeRocketmq4(),
    meters: await makeProduct("meters"),
    valves: await makeProduct("valves"),
  };
  for (const [key, value] of Object.entries(settings)) console.log(`${key}=${value}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
