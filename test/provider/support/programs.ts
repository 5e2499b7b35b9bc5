/** Programs for end-to-end tests: plain JavaScript, so that nothing is compiled. */

export const GROUP_PASSWORD = "Gr0up-pw-7391";
export const SOURCE_PASSWORD = "Sourc3-pw-5512";

export const HEAD = `
const pulumi = require("@pulumi/pulumi");
const { ChangeTrackingInstance, ConsumerGroup, getChangeTrackingInstance, getConsumerGroup } = require("pulumi-change-tracking");
const source = { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "reader", password: "${SOURCE_PASSWORD}" };
const instance = (name, args, opts) => new ChangeTrackingInstance(name, { source, objects: { shop: {} }, ...args }, opts);
const group = (name, on, args, opts) => new ConsumerGroup(name, {
  platform: "changeTracking", instance: on, account: ("a_" + name).replace(/-/g, "_"), password: "${GROUP_PASSWORD}", ...args,
}, opts);
`;

/** A program of one file. */
export function program(body: string): Record<string, string> {
  return { "index.js": `${HEAD}\n${body}\n` };
}

export const ONE_INSTANCE_THREE_GROUPS = program(`
const orders = instance("orders");
for (const team of ["billing", "search", "audit"]) group(team, orders);
exports.instanceId = orders.instanceId;
exports.status = orders.status;
exports.topic = orders.topic;
`);
