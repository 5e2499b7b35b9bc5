/**
 * BENCH_INSTANCES instances with BENCH_GROUPS groups spread over them. BENCH_RESOURCES chooses the classes:
 * `ours`, or for resources that take the same inputs and do nothing `dynamic` or `native`.
 */
const pulumi = require("@pulumi/pulumi");

const classes = { ours: "pulumi-change-tracking", dynamic: "./dynamic.js", native: "./native.js" };
const { ChangeTrackingInstance, ConsumerGroup } = require(classes[process.env.BENCH_RESOURCES]);

const instanceCount = Number(process.env.BENCH_INSTANCES);
const groupCount = Number(process.env.BENCH_GROUPS);

const instances = Array.from(
  { length: instanceCount },
  (_, index) =>
    new ChangeTrackingInstance(`bench-${index}`, {
      region: "cn-hangzhou",
      source: {
        engine: "PostgreSQL",
        accessMethod: "RDS",
        instanceId: `pgm-bench${index}`,
        databaseName: "shop",
        user: "bench",
        password: pulumi.secret("Bench-source-1"),
      },
      objects: { shop: { tables: ["orders", "customers"] } },
      dataTypes: { dml: true, ddl: true },
    }),
);

for (let index = 0; index < groupCount; index++) {
  new ConsumerGroup(`group-${index}`, {
    platform: "changeTracking",
    instance: instances[index % instanceCount],
    account: `reader_${index}`,
    password: pulumi.secret("Bench-group-1"),
    consumptionMode: "kafkaClient",
  });
}
