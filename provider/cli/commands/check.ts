import { readDefinitions } from "../../definitions/index.ts";
import { DEFAULT_REGION } from "../../runtime/host/settings.ts";
import { type Command, EXIT, FOLDER_DEFAULT, readFlags, UsageError } from "../command.ts";
import { FORMATS, type FormatName } from "../formats/index.ts";

const flags = {
  format: { type: "string" },
  json: { type: "boolean" },
  region: { type: "string" },
  "secrets-env": { type: "string", multiple: true },
  "secrets-config": { type: "string", multiple: true },
} as const;

const NAMES = Object.keys(FORMATS) as FormatName[];

/** Judges definitions without a program, a state or a service. */
export const check: Command = {
  name: "check",
  summary: "says what is wrong with the files of definitions, over all of them",
  usage: `change-tracking check [PATH...]: says what is wrong with the files of definitions, over all of them

  PATH              files, folders (all of their .yaml and .yml) or globs in quotes (default ${FOLDER_DEFAULT})
  --format FORMAT   ${NAMES.join(", ")} (default text)
  --json            the same as --format json
  --region REGION   of definitions that name none, the program's changetracking:region
                    (default CHANGE_TRACKING_REGION, else ${DEFAULT_REGION})
  --secrets-env PATTERN, --secrets-config PATTERN
                    variables and keys that { env } and { config } may name, as loadDefinitions has them in \`secrets\`;
                    may be given more than once (default CHANGE_TRACKING_SECRET_* and *, in which * is no namespace)

Ends with 0 when nothing is wrong, 1 when something is, 2 when it could not look. Needs no network and no secrets.
`,
  async run(args, io) {
    const { values, positionals } = readFlags("check", args, flags);
    const format = formatOf(values);
    const patterns = positionals.length === 0 ? [FOLDER_DEFAULT] : positionals;
    const region = values.region ?? (io.env.CHANGE_TRACKING_REGION || undefined);
    const result = readDefinitions(patterns, {
      folder: io.cwd,
      region,
      secretSources: { env: values["secrets-env"], config: values["secrets-config"] },
    });
    io.out.write(FORMATS[format](result, io));
    if (result.files.length === 0) return EXIT.usage;
    return result.problems.some(({ severity }) => severity === "error") ? EXIT.problems : EXIT.fine;
  },
};

function formatOf({ format, json }: { format?: string | undefined; json?: boolean | undefined }): FormatName {
  const given = format ?? (json ? "json" : "text");
  if (json && given !== "json") throw new UsageError("--json and --format exclude each other");
  const known = NAMES.find((name) => name === given);
  if (known === undefined) throw new UsageError(`--format must be one of ${NAMES.join(", ")}, got ${given}`);
  return known;
}
