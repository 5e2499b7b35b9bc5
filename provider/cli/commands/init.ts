import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { findFiles, pathFrom } from "../../definitions/files.ts";
import { readDefinitions, type SecretReference } from "../../definitions/index.ts";
import { type Command, EXIT, FOLDER_DEFAULT, readFlags, UsageError } from "../command.ts";
import { definitionFiles, type Files, PACKAGES, programFiles } from "../first-folder.ts";
import { isThere, writeNewFiles } from "../new-files.ts";

const PACKAGE = "pulumi-change-tracking";
const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
/** What `npm install` and `git init` leave where no program is yet: people's own, and left as it is. */
const LEFT_AS_THEY_ARE = ["package.json", ".gitignore"];

/** Writes a first folder of definitions, with a program around it where there is none. */
export const init: Command = {
  name: "init",
  summary: `writes first definitions to ${FOLDER_DEFAULT}/, and a program around them where there is none`,
  usage: `change-tracking init [FOLDER]: writes first definitions to FOLDER/${FOLDER_DEFAULT}

  FOLDER   that of the program, made where it is missing (default the current one)

Where FOLDER has no Pulumi.yaml it also writes one, index.ts, and package.json and .gitignore where these are missing.
Where FOLDER/${FOLDER_DEFAULT} has definitions already, of an export say, it writes the program alone.
Writes over nothing: where one of its files is there already it names it, writes none and ends with 2.
`,
  async run(args, io) {
    const { positionals } = readFlags("init", args, {});
    const [given = ".", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`init takes one folder, got ${positionals.join(" ")}`);
    const folder = resolve(io.cwd, given);
    const hasProgram = PROJECT_FILES.some((name) => existsSync(join(folder, name)));
    const hasDefinitions = findFiles([`${FOLDER_DEFAULT}/**/*.{yaml,yml}`], folder).files.length > 0;
    if (hasProgram && hasDefinitions) throw new Error(allThereText(given));
    const files: Files = {
      ...(hasProgram ? {} : programFor(folder)),
      ...(hasDefinitions ? {} : definitionFiles(FOLDER_DEFAULT, schemaFrom(folder))),
    };
    const here = folder === resolve(io.cwd) ? [] : [`cd ${shellWord(given)}`];
    const install = installStep(folder, hasProgram);
    writeNewFiles(folder, files, io.cwd);
    const next = [...here, ...install, ...nextSteps(folder, hasProgram)];
    io.out.write(`Wrote to ${given}:\n${lines(Object.keys(files))}\nNext:\n${lines(next)}`);
    return EXIT.fine;
  },
};

function lines(texts: readonly string[]): string {
  return texts.map((text) => `  ${text}\n`).join("");
}

function programFor(folder: string): Files {
  const files = Object.entries(programFiles(FOLDER_DEFAULT, basename(folder)));
  return Object.fromEntries(
    files.filter(([name]) => !LEFT_AS_THEY_ARE.includes(name) || !isThere(join(folder, name))),
  );
}

/** From the folder of definitions to the schema in the package, where it is installed or will be. */
function schemaFrom(folder: string): string {
  const home = installedAbove(folder) ?? folder;
  const schema = join(home, "node_modules", PACKAGE, "definitions.schema.json");
  return pathFrom(join(folder, FOLDER_DEFAULT), schema);
}

/** The nearest folder from here up that has the package, as Node.js looks for it. */
function installedAbove(folder: string): string | undefined {
  if (existsSync(join(folder, "node_modules", PACKAGE))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : installedAbove(above);
}

function allThereText(given: string): string {
  const [program, definitions] = [given, join(given, FOLDER_DEFAULT)];
  return (
    `nothing was written: ${program} has a program and ${definitions} has definitions already; ` +
    "`change-tracking check` judges them, and `pulumi preview` says what they would do"
  );
}

function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text);
}

/** What is left to do once everything is written. */
function nextSteps(folder: string, hasProgram: boolean): string[] {
  return [
    ...(hasProgram ? [`in the program: loadDefinitions("${FOLDER_DEFAULT}"), of ${PACKAGE}`] : []),
    "npx change-tracking check                # judges the files; needs no network and no secrets",
    "npx change-tracking-service --memory &   # the local service, unless one is running or the cloud is configured",
    ...(hasProgram ? [] : ["pulumi stack init dev"]),
    ...secretSteps(folder),
    "pulumi preview",
  ];
}

/** One for each secret that the definitions name. */
function secretSteps(folder: string): string[] {
  const steps = new Set<string>();
  const secrets = ({ from, name }: SecretReference) => {
    steps.add(from === "config" ? `pulumi config set --secret ${name}` : `export ${name}=...`);
    return true;
  };
  readDefinitions([FOLDER_DEFAULT], { folder, secrets });
  return [...steps];
}

/** A package.json that was there is left as it is, so what it lacks is named. */
function installStep(folder: string, hasProgram: boolean): string[] {
  const path = join(folder, "package.json");
  if (!hasProgram && !isThere(path)) return ["npm install"];
  const listed = dependenciesOf(path);
  const missing = Object.keys(PACKAGES).filter((name) => !listed.includes(name));
  return missing.length === 0 ? [] : [`npm install ${missing.join(" ")}`];
}

/** None where there is no package.json, or one that npm will not take either. */
function dependenciesOf(path: string): string[] {
  try {
    const text = readFileSync(path, "utf8");
    return Object.keys((JSON.parse(text) as { dependencies?: object }).dependencies ?? {});
  } catch {
    return [];
  }
}
