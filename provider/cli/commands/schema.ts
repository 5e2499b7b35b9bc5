import { definitionsSchema } from "../../definitions/index.ts";
import { type Command, EXIT, readFlags, UsageError } from "../command.ts";

/** Prints the JSON Schema of files of definitions. */
export const schema: Command = {
  name: "schema",
  summary: "prints the JSON Schema of the files, for editors",
  usage: `change-tracking schema: prints the JSON Schema of files of definitions

With \`change-tracking schema > definitions.schema.json\` and, as the first line of a file,

  # yaml-language-server: $schema=./definitions.schema.json

editors complete inputs and show what they are. The package has the same file: definitions.schema.json.
`,
  async run(args, io) {
    const { positionals } = readFlags("schema", args, {});
    if (positionals.length > 0)
      throw new UsageError(`schema takes no arguments, got ${positionals.join(" ")}`);
    io.out.write(`${JSON.stringify(definitionsSchema(), undefined, 2)}\n`);
    return EXIT.fine;
  },
};
