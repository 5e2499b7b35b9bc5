/** The floor of the engine: a native provider whose resources do nothing. No text of it stands in any state. */
const provider = require("@pulumi/pulumi/provider");

const nothing = {
  version: "0.0.1",
  async check(_urn, _olds, news) {
    return { inputs: news };
  },
  async create(_urn, inputs) {
    return { id: inputs.name, outs: inputs };
  },
};

provider.main(nothing, process.argv.slice(2));
