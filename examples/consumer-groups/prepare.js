/*
 * Makes what the program builds upon: a RocketMQ instance of each series, a topic for dead letters, and two IoT products.
 * Prints `key=value` lines for `pulumi config set-all`. Speaks the published API by the official client:
 *
 *   node prepare.js http://127.0.0.1:8780
 */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const endpoint = new URL(process.argv[2] ?? "http://127.0.0.1:8780");
const regionId = "cn-hangzhou";
const LOOKS_MAX = 300;

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
    new OpenApiRequest({ body: content }),
    new RuntimeOptions({}),
  );
  if (body.Success === false) throw new Error(`${action}: ${body.Code}: ${body.ErrorMessage}`);
  return body;
}

const rocketmq = (action, method, path, body) => call("2022-08-01", action, body, { method, path });
const ons = (action, body) => call("2019-02-14", action, { RegionId: regionId, ...body });
const iot = (action, body) => call("2018-01-20", action, { RegionId: regionId, ...body });

async function makeRocketmq5() {
  const network = {
    vpcInfo: { vpcId: "vpc-example", vSwitches: [{ vSwitchId: "vsw-example" }] },
    internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
  };
  const series = { serviceCode: "rmq", seriesCode: "standard", subSeriesCode: "single_node" };
  const order = { ...series, paymentType: "PayAsYouGo", networkInfo: network };
  const { data: id } = await rocketmq("CreateInstance", "POST", "/instances", order);
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const { data } = await rocketmq("GetInstance", "GET", `/instances/${id}`);
    if (data.status === "RUNNING") break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const topic = { messageType: "NORMAL" };
  await rocketmq("CreateTopic", "POST", `/instances/${id}/topics/dead-letters`, topic);
  return id;
}

async function main() {
  const rocketmq5 = await makeRocketmq5();
  const { Data } = await ons("OnsInstanceCreate", { InstanceName: "example-4x" });
  const meters = await iot("CreateProduct", { ProductName: "meters", NodeType: 0 });
  const valves = await iot("CreateProduct", { ProductName: "valves", NodeType: 0 });
  const settings = {
    rocketmq5,
    deadLetterTopic: "dead-letters",
    rocketmq4: Data.InstanceId,
    meters: meters.ProductKey,
    valves: valves.ProductKey,
  };
  for (const [key, value] of Object.entries(settings)) console.log(`${key}=${value}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
