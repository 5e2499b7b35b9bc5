import { describe, expect, it } from "vitest";
import { VERSION } from "../../../provider/runtime/host/version.ts";
import { runCli } from "./support.ts";

const run = (...argv: string[]) => runCli("/", argv);

describe("change-tracking", () => {
  it("without a command shows the help on stderr and ends with 2, asked for it on stdout with 0", async () => {
    const bare = await run();
    expect([bare.code, bare.out]).toEqual([2, ""]);
    expect(bare.err).toMatch(/^change-tracking COMMAND: [\s\S]*\n {2}check +says what is wrong/);
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
    expect(await refused("zzz")).toMatch(/^change-tracking: unknown command zzz; there are check/);
    expect(await refused("check", "--fromat", "text")).toBe(
      "change-tracking: unknown flag --fromat of check; did you mean --format?",
    );
    expect(await refused("check", "--format", "xml")).toMatch(/--format must be one of text.*, got xml$/);
  });

  it("shows a command's own help", async () => {
    const { code, out } = await run("check", "--help");
    expect([code, out.split(":")[0]]).toEqual([0, "change-tracking check [PATH...]"]);
  });
});
