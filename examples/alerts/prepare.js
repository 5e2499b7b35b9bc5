/*
 * Makes what the program builds upon: a contact in a contact group, and a RocketMQ instance. Prints `key=value` lines
 * for `pulumi config set`. What has its name already is taken again, so this can be run any number of times. Speaks the
 * published API by the official client:
 *
 *   node prepare.js http://127.0.0.1:8780
 */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const endpoint = new URL(process.argv[2] ?? "http://127.0.0.1:8780");
const regionId = "cn-hangzhou";
const INSTANCE_NAME = "example-alerts";

const client = new OpenApi(
  new Config({
    endpoint: endpoint.host,
    protocol: endpoint.protocol.replace(":", ""),
    regionId,
    accessKeyId: process.env.CHANGE_TRACKING_ACCESS_KEY_ID ?? "local",
    accessKeySecret: process.env.CHANGE_TRACKING_ACCESS_KEY_SECRET ?? "local-secret",
  }),
);

async function call(version, action, content) {
  const params = new Params({
    action,
    version,
    protocol: "HTTPS",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const request = new OpenApiRequest({ body: { RegionId: regionId, ...content } });
  const { body } = await client.callApi(params, request, new RuntimeOptions({}));
  if (body.Success === false) throw new Error(`${action}: ${body.Code}: ${body.Message}`);
  return body;
}

async function makeInstance() {
  const listed = await call("2019-02-14", "OnsInstanceInServiceList", {});
  const found = listed.Data.InstanceVO.find((one) => one.InstanceName === INSTANCE_NAME);
  return found ?? (await call("2019-02-14", "OnsInstanceCreate", { InstanceName: INSTANCE_NAME })).Data;
}

async function main() {
  const contact = { ContactName: "Alice", Describe: "on call", Channels: { Mail: "alice@example.com" } };
  await call("2019-01-01", "PutContact", contact);
  const group = { ContactGroupName: "on-call", ContactNames: ["Alice"] };
  await call("2019-01-01", "PutContactGroup", group);
  const { InstanceId } = await makeInstance();
  console.log("contactGroup=on-call");
  console.log(`rocketmq4=${InstanceId}`);
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
