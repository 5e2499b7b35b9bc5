import { stringify } from "yaml";
import { VERSION } from "../runtime/host/version.ts";

/** A text by its path from the folder of the program, with slashes. */
export type Files = Readonly<Record<string, string>>;

const PROJECT_NAME_LENGTH_MAX = 100;

/** The packages that a program with definitions needs. */
export const PACKAGES: Readonly<Record<string, string>> = {
  "@pulumi/pulumi": "^3.200.0",
  "pulumi-change-tracking": `^${VERSION}`,
};

/** Keys of the stack's configuration that the first definitions take their secrets from. */
export const SECRET_KEYS = { source: "sourcePassword", group: "groupPassword" } as const;

/** The first definitions: an instance, and in another team's file a group of it. `schema`: where editors find it. */
export function definitionFiles(folder: string, schema: string): Files {
  const modeline = `# yaml-language-server: $schema=${schema}\n`;
  return {
    [`${folder}/platform.yaml`]: `${modeline}# Instances, each of which captures the changes of a database.
owner: platform

instances:
  orders:
    region: cn-hangzhou
    source:
      engine: PostgreSQL
      accessMethod: RDS
      instanceId: pgm-bp1orders
      databaseName: shop
      user: tracker
      password: { config: ${SECRET_KEYS.source} }
    objects:
      shop: { tables: [public.orders] }
`,
    [`${folder}/payments.yaml`]: `${modeline}# Groups of the payments team; each reads all changes of its instance at a pace of its own.
owner: payments

groups:
  payments-billing:
    platform: changeTracking
    # From platform.yaml: a name leads to any file.
    instance: orders
    account: billing_reader
    password: { config: ${SECRET_KEYS.group} }
`,
  };
}

/** The program around definitions, named after its folder. */
export function programFiles(definitions: string, folderName: string): Files {
  const project = {
    name: projectName(folderName),
    runtime: "nodejs",
    description: `Change tracking by the definitions in ${definitions}/`,
  };
  return {
    "Pulumi.yaml": stringify(project),
    "index.ts": `import { loadDefinitions } from "pulumi-change-tracking";

const { instances, groups } = loadDefinitions("${definitions}");

export const topics = Object.values(instances).map((instance) => instance.topic);
export const groupIds = Object.values(groups).map((group) => group.groupId);
`,
    "package.json": `${JSON.stringify(packageJson, undefined, 2)}\n`,
    ".gitignore": "node_modules/\n",
  };
}

/** TypeScript as Pulumi's own templates have it; the one inside its SDK is too old for types of today. */
const packageJson = {
  private: true,
  type: "commonjs",
  main: "index.ts",
  dependencies: PACKAGES,
  devDependencies: { "@types/node": "^24.0.0", typescript: "^5.9.0" },
};

/** What Pulumi takes for a name: letters, digits, hyphens, underscores and periods, 1 to 100. */
function projectName(folderName: string): string {
  const name = folderName.replace(/[^A-Za-z0-9_.-]+/g, "-").replace(/^[-.]+|[-.]+$/g, "");
  return name.slice(0, PROJECT_NAME_LENGTH_MAX) || "change-tracking";
}
