import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { VERSION } from "../../../provider/runtime/host/version.ts";
import { root } from "../../../tools/paths.ts";
import { withFiles } from "../definitions/support.ts";
import { runCli } from "./support.ts";

const run = (...argv: string[]) => runCli("/", argv);

describe("change-tracking", () => {
  it("without a command shows the help on stderr and ends with 2, asked for it on stdout with 0", async () => {
    const bare = await run();
    expect([bare.code, bare.out]).toEqual([2, ""]);
    expect(bare.err).toMatch(/^change-tracking COMMAND: [\s\S]*\n {2}init +writes first definitions/);
    for (const flag of ["--help", "-h", "help"]) {
      expect(await run(flag)).toEqual({ code: 0, out: bare.err, err: "" });
    }
  });

  it("tells its version", async () => {
    expect(await run("--version")).toEqual({ code: 0, out: `${VERSION}\n`, err: "" });
  });

  it("names what was probably meant by a command or a flag that is not there", async () => {
    const refused = async (...argv: string[]) => {
      const { code, out, err } = await run(...argv);
      expect([code, out]).toEqual([2, ""]);
      return err.split("\n")[0];
    };
    expect(await refused("chekc")).toBe("change-tracking: unknown command chekc; did you mean check?");
    expect(await refused("zzz")).toMatch(/^change-tracking: unknown command zzz; there are init, check/);
    expect(await refused("check", "--fromat", "text")).toBe(
      "change-tracking: unknown flag --fromat of check; did you mean --format?",
    );
    expect(await refused("check", "--format", "xml")).toMatch(/--format must be one of text.*, got xml$/);
  });

  it("points to the help of the command that was written wrongly", async () => {
    const pointer = async (...argv: string[]) => (await run(...argv)).err.split("\n")[1];
    expect(await pointer("chekc")).toBe("See change-tracking --help.");
    expect(await pointer("check", "--format", "xml")).toBe("See change-tracking check --help.");
    expect(await pointer("export", "--out", "x")).toBe("See change-tracking export --help.");
  });

  it("ends as it would have where the reader of what it writes has gone", async () => {
    await withFiles({ "bad/a.yaml": "grups: {}\n", "good/a.yaml": "groups: {}\n" }, async (folder) => {
      const outfile = join(folder, "cli.cjs");
      const entryPoints = [join(root, "provider/cli/main.ts")];
      await build({ entryPoints, outfile, bundle: true, platform: "node", footer: { js: "main();" } });
      const end = async (path: string) => {
        const child = spawn(process.execPath, [outfile, "check", path], { cwd: folder });
        child.stdout.destroy();
        child.stderr.destroy();
        return (await once(child, "exit"))[0];
      };
      expect(await end("bad")).toBe(1);
      expect(await end("good")).toBe(0);
      expect(await end("nowhere")).toBe(2);
    });
  });

  it("shows a command's own help", async () => {
    const { code, out } = await run("check", "--help");
    expect([code, out.split(":")[0]]).toEqual([0, "change-tracking check [PATH...]"]);
  });
});
