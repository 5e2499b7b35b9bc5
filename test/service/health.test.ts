import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { UsageError } from "../../service/core/settings/environment-variables.ts";
import { healthProblem } from "../../service/health.ts";
import { root } from "../../tools/paths.ts";
import { runCommand } from "../../tools/ps.ts";
import { freePort } from "../../tools/server/port.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: { serviceToken: "0123456789abcdef" } });
});
afterAll(() => service.stop());

const health = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  runCommand(process.execPath, [join(root, "service/main.ts"), "health", ...args], {
    env,
    timeoutMs: 60_000,
  });

describe("change-tracking-service health", () => {
  it("ends with 0 when the service of these settings is ready, also behind a wildcard and a token", async () => {
    const port = String(service.port);
    const env = { CHANGE_TRACKING_HOST: "0.0.0.0", CHANGE_TRACKING_PORT: port };
    expect(await health([], env)).toMatchObject({ code: 0, stdout: "", stderr: "" });
    expect(await healthProblem(["--port", port], {})).toBeUndefined();
  });

  it("ends with 1 when nobody answers, and says so", async () => {
    const port = await freePort();
    const { code, stderr } = await health(["--port", String(port)]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining(`no answer from 127.0.0.1:${port}: connect ECONNREFUSED`),
    });
  });

  it("is not ready while the service says so, nor while it says nothing", async () => {
    let answer = true;
    const server = createServer((_, res) => void (answer && res.writeHead(503).end()));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => server.closeAllConnections());
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const problem = () => healthProblem(["--port", String(port)], {});
    expect(await problem()).toBe(`the service at 127.0.0.1:${port} is not ready (HTTP status 503)`);
    answer = false;
    expect(await problem()).toMatch(/no answer from .*: The operation was aborted/);
  });

  it("needs a port that is known, and no other command", async () => {
    await expect(healthProblem(["--port", "0"], {})).rejects.toThrow(UsageError);
    await expect(healthProblem(["--help"], {})).rejects.toThrow(UsageError);
  });
});
