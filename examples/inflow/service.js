/* Calls to the messaging service by the official client, for `prepare.js` and `consume.js`. */
const { default: OpenApi, Config, OpenApiRequest, Params } = require("@alicloud/openapi-client");
const { RuntimeOptions } = require("@alicloud/tea-util");

const LOOKS_MAX = 300;
const endpoint = new URL(process.argv[2] ?? "http://127.0.0.1:8780");

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

/** Calls until `isRight` says that the answer is; at most half a minute. */
async function callUntil(isRight, ...request) {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const answer = await call(...request);
    if (isRight(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${request[0]} did not say in time what was waited for`);
}

module.exports = { call, callUntil };
