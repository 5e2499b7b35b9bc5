/** The floor of the engine: resources of a native provider with the same inputs, see plugin/. */
const pulumi = require("@pulumi/pulumi");

class ChangeTrackingInstance extends pulumi.CustomResource {
  constructor(name, args, options) {
    super("changetrackingbench:index:Instance", name, { name, ...args }, options);
  }
}

class ConsumerGroup extends pulumi.CustomResource {
  constructor(name, args, options) {
    super("changetrackingbench:index:Group", name, { name, ...args, instance: args.instance.id }, options);
  }
}

module.exports = { ChangeTrackingInstance, ConsumerGroup };
