import { join, relative, resolve } from "node:path";
import { stringify } from "yaml";
import { counted } from "../../../contract/limits/message.ts";
import { problemsText, readDefinitions } from "../../definitions/index.ts";
import { ordered } from "../../definitions/order.ts";
import { parseText } from "../../definitions/parse.ts";
import { definitionsOf, type Exported, type FileContent } from "../../export/definitions.ts";
import { type FoundAll, findAll } from "../../export/found.ts";
import { printable } from "../../printable.ts";
import { makeSession } from "../../runtime/host/session.ts";
import { type Command, EXIT, FOLDER_DEFAULT, type Io, readFlags, UsageError } from "../command.ts";
import { writeNewFiles } from "../new-files.ts";

const flags = {
  output: { type: "string" },
  region: { type: "string" },
  endpoint: { type: "string" },
  target: { type: "string" },
} as const;

/** Writes definitions of what a service or an account holds. */
export const exportCommand: Command = {
  name: "export",
  summary: "writes files of definitions from what a service or an account holds",
  usage: `change-tracking export: writes files of definitions from what a service or an account holds

  --output FOLDER   where the files go; those that are there stay, and nothing is written then (default ${FOLDER_DEFAULT})
  --region REGION   the region that is read (default CHANGE_TRACKING_REGION, else cn-hangzhou)
  --endpoint URL    the service (default CHANGE_TRACKING_ENDPOINT, else the local one)
  --target cloud    the published hosts of the cloud, with the keys of the environment

Reads change tracking instances with their groups, inflow tasks and alert rules of one region; changes nothing. Every
definition has \`adoptExisting: true\`, so that the next \`pulumi up\` takes over what is there. Secrets are in no file:
passwords cannot be read, and callback URLs are not written. The definitions name keys of the configuration, and the command
lists them. Ends with 2 when it could not read or write.
`,
  async run(args, io) {
    const { values, positionals } = readFlags("export", args, flags);
    if (positionals.length > 0) throw new UsageError(`export takes no argument, got ${positionals[0]}`);
    if (values.target !== undefined && values.target !== "cloud")
      throw new UsageError(`--target must be cloud, got ${values.target}`);
    const session = makeSession({ read: configOf(values), environment: io.env });
    const found = await findAll(session, session.settings.region);
    const exported = definitionsOf(found);
    const folder = resolve(io.cwd, values.output ?? FOLDER_DEFAULT);
    const texts = Object.entries(exported.files).map(([name, content]): [string, string] => [
      name,
      textOf(name, content),
    ]);
    writeNewFiles(folder, Object.fromEntries(texts), io.cwd);
    report(io, folder, found, exported, session.settings.region);
    return EXIT.fine;
  },
};

function configOf(values: { region?: string; endpoint?: string; target?: string }) {
  return (key: string) => {
    if (key === "changetracking:region") return values.region;
    if (key === "changetracking:endpoint") return values.endpoint;
    return key === "changetracking:target" ? values.target : undefined;
  };
}

export function textOf(name: string, content: FileContent): string {
  const text = stringify(content, {
    lineWidth: 0,
    version: "1.2",
    schema: "core",
    aliasDuplicateObjects: false,
  });
  const outcome = ordered(parseText(name, text));
  return "text" in outcome ? outcome.text : text;
}

const SECRETS_TEXT = `
Secrets are in no file. Before the first preview give those in use: \`pulumi up\` sets them at what it takes over, and
whoever reads with another password is shut out then.
`;

function report(io: Io, folder: string, found: FoundAll, { files, secrets }: Exported, region: string): void {
  const shown = relative(io.cwd, folder) || ".";
  const groups = found.instances.reduce((sum, one) => sum + one.groups.length, 0);
  const counts = [
    counted(found.instances.length, "instance"),
    counted(groups, "consumer group"),
    counted(found.tasks.length, "inflow task"),
    counted(found.alerts.length, "alert rule"),
  ];
  for (const name of Object.keys(files)) io.out.write(`${join(shown, name)}\n`);
  io.out.write(`${region}: ${counts.join(", ")}.\n`);
  for (const one of found.leftOut) io.err.write(`left out: ${printable(one)}\n`);
  if (Object.keys(files).length === 0) {
    io.err.write(
      `nothing was written: ${region} holds nothing to take over; --region reads another region\n`,
    );
    return;
  }
  if (secrets.length > 0) {
    io.out.write(SECRETS_TEXT);
    for (const key of secrets) io.out.write(`  pulumi config set --secret ${key}\n`);
  }
  // What the service holds may be from before a limit, or beyond what definitions can say.
  const { problems } = readDefinitions([folder], { folder: io.cwd, region });
  if (problems.length > 0) io.err.write(`\n${problemsText(problems)}\n`);
}
