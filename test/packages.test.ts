import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/sources.ts";

interface Manifest {
  name: string;
  license: string;
  keywords: string[];
  repository: { type: string; url: string; directory?: string };
  homepage: string;
  bugs: { url: string };
  files: string[];
  dependencies: Record<string, string>;
}

const read = (path: string) => readFileSync(join(root, path), "utf8");
const manifestOf = (path: string) => JSON.parse(read(join(path, "package.json"))) as Manifest;
const main = manifestOf(".");
/** The address of the repository is the one of the root's package.json. */
const address = main.repository.url.replace(/^git\+(.*)\.git$/, "$1");

describe.each(["provider", "records", "service"])("the package %s", (folder) => {
  const manifest = manifestOf(folder);
  const readme = read(`${folder}/README.md`);

  it("is of the repository that the root names", () => {
    expect(manifest.repository).toEqual({ ...main.repository, directory: folder });
    expect(manifest.homepage).toBe(`${address}/tree/main/${folder}#readme`);
    expect(manifest.bugs).toEqual(main.bugs);
    expect([manifest.license, main.bugs.url]).toEqual([main.license, `${address}/issues`]);
    expect(manifest.keywords).toContain("change-tracking");
  });

  it("leaves fixes of its dependencies to who installs it", () => {
    expect(Object.values(manifest.dependencies).filter((range) => !/^\^\d+\.\d+\.\d+$/.test(range))).toEqual(
      [],
    );
    const schema = folder === "provider" ? ["definitions.schema.json"] : [];
    const notice = folder === "service" ? ["NOTICE"] : [];
    expect(manifest.files).toEqual(["dist", ...schema, "README.md", "LICENSE", ...notice]);
  });

  it("has a README that opens with its installation and links to what is in the repository", () => {
    expect(readme).toMatch(
      new RegExp(`^# ${manifest.name}\n\n\`\`\`sh\nnpm install (--save-dev )?${manifest.name}[ \n]`),
    );
    const own = [...readme.matchAll(/\]\((https:[^)]+)\)/g)]
      .map(([, url = ""]) => url)
      .filter((url) => url.includes("github"));
    const paths = own.map((url) => url.replace(address, "").replace(/^\/(?:blob|tree)\/main\//, ""));
    expect(paths.filter((path) => path.startsWith("http") || !existsSync(join(root, path)))).toEqual([]);
  });
});
