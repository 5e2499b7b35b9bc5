import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireNodeVersion } from "../../provider/node-version.ts";
import { root } from "../../tools/paths.ts";

describe("the Node.js of a program", () => {
  it.each(["18.20.8", "20.20.2", "22.20.0"])(
    "%s is refused in one line that names what is needed",
    (version) => {
      expect(() => requireNodeVersion(version)).toThrow(
        `pulumi-change-tracking needs Node.js 22.21 or newer, this is ${version}.`,
      );
    },
  );

  it.each(["22.21.0", "24.0.0", process.versions.node])("%s is enough", (version) => {
    expect(() => requireNodeVersion(version)).not.toThrow();
  });

  it("is the one that the package names", () => {
    const manifest = JSON.parse(readFileSync(join(root, "provider/package.json"), "utf8"));
    expect(manifest.engines.node).toBe(">=22.21");
  });
});
