/** The floor of dynamic providers: resources with the same inputs that do nothing when they are created. */
const pulumi = require("@pulumi/pulumi");

const nothing = {
  async create(inputs) {
    return { id: inputs.name, outs: inputs };
  },
};

class ChangeTrackingInstance extends pulumi.dynamic.Resource {
  constructor(name, args, options) {
    super(nothing, name, { name, ...args }, options, "changetrackingbench", "Instance");
  }
}

class ConsumerGroup extends pulumi.dynamic.Resource {
  constructor(name, args, options) {
    const inputs = { name, ...args, instance: args.instance.id };
    super(nothing, name, inputs, options, "changetrackingbench", "Group");
  }
}

module.exports = { ChangeTrackingInstance, ConsumerGroup };
