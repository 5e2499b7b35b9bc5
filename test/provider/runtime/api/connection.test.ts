import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { apiClient } from "../../../../provider/runtime/api/client.ts";
import { withoutSecrets } from "../../../../provider/runtime/api/credentials.ts";
import { DtsApi } from "../../../../provider/runtime/api/dts.ts";
import { openApiTransport } from "../../../../provider/runtime/api/transport.ts";
import { readSettings } from "../../../../provider/runtime/host/settings.ts";
import { lowPort } from "../../../support/low-port.ts";
import { quickClock } from "../../support/fake-dts.ts";
import { type Listening, plainServer, proxyTo, tcpServer, tlsServer } from "../../support/servers.ts";

/*
 * Every cause of a call that reaches no service has a code and a text of its own, and is not asked again where that
 * cannot help. All by real servers of this machine.
 */

const open: Listening[] = [];
const opened = async <T extends Listening>(server: Promise<T>): Promise<T> => {
  const listening = await server;
  open.push(listening);
  return listening;
};
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map((server) => server.close()));
});

const KEYS = { "changetracking:accessKeyId": "id", "changetracking:accessKeySecret": "k3y-s3cret" };

/** One call there: what it throws or answers, and how long the retries would have waited. */
async function ask(config: Record<string, string>, environment: Record<string, string> = {}, look = false) {
  const all = { ...KEYS, ...config };
  const settings = readSettings((key) => all[key as keyof typeof all], {});
  const clock = quickClock();
  const client = apiClient(settings, openApiTransport(settings, environment), clock);
  const api = new DtsApi(client, "cn-hangzhou", look);
  const result = await api.jobs({}).catch((error: unknown) => error as Error & { code: string });
  return { result: result as Record<string, unknown> & { code?: string; message?: string }, clock };
}
const at = (address: string) => ({ "changetracking:endpoint": address });

describe("no service is reached", () => {
  it("a port where nobody listens is Unreachable", async () => {
    const port = await lowPort();
    const { result } = await ask(at(`http://127.0.0.1:${port}`));
    expect(result).toMatchObject({
      code: "Unreachable",
      message: expect.stringMatching(/^Nothing answers at/),
    });
  });

  it("a name that nobody has is HostNotFound, at once", async () => {
    const { result, clock } = await ask(at("http://change-tracking.invalid:1"));
    expect(result.message).toMatch(
      /^There is no host change-tracking\.invalid \(E\w+\): correct changetracking:endpoint/,
    );
    expect(result.code).toBe("HostNotFound");
    expect(clock.sleptMs).toBe(0);
  });

  it("silence is NoAnswer", async () => {
    const { port } = await opened(tcpServer(() => {}));
    const { result } = await ask(at(`http://127.0.0.1:${port}`), {}, true);
    expect(result).toMatchObject({ code: "ETIMEDOUT", problem: "NoAnswer", kind: "lost" });
    expect(result.message).toMatch(/no answer from http:\/\/127\.0\.0\.1:\d+ in time/);
  });

  it("a connection that is never ready is NoAnswer before anything was sent", async () => {
    const { port } = await opened(tcpServer(() => {}));
    const { result } = await ask(at(`https://127.0.0.1:${port}`), {}, true);
    expect(result).toMatchObject({ code: "NoAnswer", message: expect.stringMatching(/^No connection to/) });
  });

  it("a self-signed certificate is CertificateRefused, at once, and names NODE_EXTRA_CA_CERTS", async () => {
    let asked = 0;
    const { port } = await opened(tlsServer(() => (asked += 1)));
    const { result, clock } = await ask(at(`https://127.0.0.1:${port}`));
    expect(result.code).toBe("CertificateRefused");
    expect(result.message).toMatch(/not trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/);
    expect([asked, clock.sleptMs]).toEqual([0, 0]);
  });

  it("https on a port that speaks http is WrongProtocol, at once", async () => {
    const { port } = await opened(plainServer((_, response) => response.end("{}")));
    const { result, clock } = await ask(at(`https://127.0.0.1:${port}`));
    expect(result.code).toBe("WrongProtocol");
    expect(result.message).toContain(
      `https://127.0.0.1:${port} speaks http, not https: write http://127.0.0.1:${port} in changetracking:endpoint`,
    );
    expect(clock.sleptMs).toBe(0);
  });

  it("http on a port that speaks https is WrongProtocol, at once", async () => {
    const { port } = await opened(tlsServer((_, response) => response.end("{}")));
    const { result, clock } = await ask(at(`http://127.0.0.1:${port}`));
    expect(result.code).toBe("WrongProtocol");
    expect(result.message).toContain(`speaks https, not http: write https://127.0.0.1:${port} in`);
    expect(clock.sleptMs).toBe(0);
  });

  it.each([
    [200, "<html>Hello</html>", "text/html", "a web page"],
    [404, "<!DOCTYPE html>", "text/html", "a web page"],
    [501, "Unsupported method ('POST')", "text/plain", "something that is no JSON object"],
    [404, '{"error":"not found"}', "application/json", "a JSON object without a code"],
    [302, "", "text/plain", "an empty body"],
  ])("status %i with %s is NotTheService, at once", async (status, body, type, what) => {
    let asked = 0;
    const answer = await opened(
      plainServer((_, response) => {
        asked += 1;
        response.writeHead(status, { "content-type": type }).end(body);
      }),
    );
    const { result } = await ask(at(`http://127.0.0.1:${answer.port}`));
    expect(result.code).toBe("NotTheService");
    expect(result.message).toContain(`answers with ${what} (HTTP status ${status})`);
    expect(asked).toBe(1);
  });

  it("a gateway's 502 may pass, and says that it is a gateway's", async () => {
    let asked = 0;
    const { port } = await opened(
      plainServer((_, response) => {
        asked += 1;
        if (asked > 2) response.end('{"RequestId":"R","TotalRecordCount":7}');
        else response.writeHead(502, { "content-type": "text/html" }).end("<html>Bad gateway</html>");
      }),
    );
    const once = await ask(at(`http://127.0.0.1:${port}`), {}, true);
    expect(once.result).toMatchObject({
      code: "HTTP502",
      message: expect.stringContaining("a gateway or proxy"),
    });
    expect((await ask(at(`http://127.0.0.1:${port}`))).result).toMatchObject({ TotalRecordCount: 7 });
  });
});

describe("keys", () => {
  const cloud = async () => {
    const home = mkdtempSync(join(tmpdir(), "no-keys-"));
    vi.stubEnv("HOME", home);
    vi.stubEnv("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
    const settings = readSettings((key) => (key === "changetracking:target" ? "cloud" : undefined), {});
    const clock = quickClock();
    const api = new DtsApi(apiClient(settings, openApiTransport(settings, {}), clock), "cn-hangzhou");
    const error = (await api.jobs({}).catch((thrown: unknown) => thrown)) as Error & { code: string };
    return { error, clock, home };
  };

  it("that nobody has given are NoCredentials at once, with the official chain's own reason", async () => {
    const { error, clock } = await cloud();
    expect(error.code).toBe("NoCredentials");
    expect(error.message).toMatch(
      /CHANGE_TRACKING_ACCESS_KEY_ID.*They say: unable to get credentials.*ALIBABA_CLOUD/,
    );
    expect(clock.sleptMs).toBe(0);
  });

  it("without their secret are said so", async () => {
    vi.stubEnv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI-only");
    const { error } = await cloud();
    expect(error.message).toMatch(/Access key secret must be specified.*ALIBABA_CLOUD_ACCESS_KEY_SECRET/);
  });

  it("the chain's reason repeats neither a profile's text nor a secret of the environment", () => {
    const profile =
      "parse aliyun cli config from '/h/.aliyun/config.json' failed: access_key_secret = s3cr3t, more";
    expect(withoutSecrets(`unable: ${profile}`, {})).toBe(
      "unable: parse aliyun cli config from '/h/.aliyun/config.json' failed",
    );
    expect(withoutSecrets("GET http://u:p@h/x?Secret=1 message = {a}", {})).toBe(
      "GET http://h/x message = (…)",
    );
    expect(withoutSecrets("is t0k3n", { ALIBABA_CLOUD_SECURITY_TOKEN: "t0k3n" })).toBe("is ***");
    const file = { ALIBABA_CLOUD_CREDENTIALS_FILE: "/h/keys", CI_DEPLOY_PASSPHRASE: "w0rds" };
    expect(withoutSecrets("no /h/keys, w0rds", file)).toBe("no /h/keys, ***");
  });
});

describe("a proxy of the environment", () => {
  const remote = "http://dts.example.invalid";

  it.each(["HTTP_PROXY", "http_proxy"])("is used for http by %s", async (name) => {
    const proxy = await opened(proxyTo(0));
    const { result } = await ask(at(remote), { [name]: `http://127.0.0.1:${proxy.port}` });
    expect(result).toMatchObject({ RegionId: "by proxy" });
    expect(proxy.asked).toEqual(["POST http://dts.example.invalid/"]);
  });

  it.each(["HTTPS_PROXY", "https_proxy"])("is used for https by %s, through CONNECT", async (name) => {
    const service = await opened(tlsServer((_, response) => response.end('{"RequestId":"R"}')));
    const proxy = await opened(proxyTo(service.port));
    const { result } = await ask(at("https://dts.example.invalid"), {
      [name]: `http://127.0.0.1:${proxy.port}`,
    });
    expect(proxy.asked).toEqual(["CONNECT dts.example.invalid:443"]);
    // The tunnel led to a server whose certificate is for another name.
    expect(result.code).toBe("CertificateRefused");
  });

  it.each(["NO_PROXY", "no_proxy"])("is passed by for what %s names", async (name) => {
    const proxy = await opened(proxyTo(0));
    const environment = {
      HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
      [name]: "other.org, .example.invalid",
    };
    expect((await ask(at(remote), environment)).result.code).toBe("HostNotFound");
    expect(proxy.asked).toEqual([]);
  });

  it("is never used for an address of this machine", async () => {
    const service = await opened(
      plainServer((_, response) => response.end('{"RequestId":"R","RegionId":"here"}')),
    );
    const proxy = await opened(proxyTo(0));
    const environment = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` };
    for (const host of ["127.0.0.1", "localhost"]) {
      const { result } = await ask(at(`http://${host}:${service.port}`), environment);
      expect(result).toMatchObject({ RegionId: "here" });
    }
    expect(proxy.asked).toEqual([]);
  });

  it.each([
    ["https://dts.example.invalid", "HTTPS_PROXY", 407, /asks for a user and a password \(HTTP status 407\)/],
    ["http://dts.example.invalid", "HTTP_PROXY", 407, /asks for a user and a password \(HTTP status 407\)/],
    [
      "https://dts.example.invalid",
      "HTTPS_PROXY",
      403,
      /does not connect to https:\/\/dts\S+ \(HTTP status 403\)/,
    ],
  ])(
    "that refuses %s by %s with %i is ProxyFailed, at once, and shows no password",
    async (address, name, status, text) => {
      const proxy = await opened(proxyTo(0, status));
      const { result, clock } = await ask(at(address), {
        [name]: `http://u:pr0xy-pw@127.0.0.1:${proxy.port}`,
      });
      expect(result.code).toBe("ProxyFailed");
      expect(result.message).toMatch(text);
      expect(result.message).not.toContain("pr0xy-pw");
      expect([proxy.asked.length, clock.sleptMs]).toEqual([1, 0]);
    },
  );

  it("that is not there is ProxyFailed and named", async () => {
    const port = await lowPort();
    for (const address of ["https://dts.example.invalid", remote]) {
      const proxy = `http://u:pr0xy-pw@127.0.0.1:${port}`;
      const { result } = await ask(at(address), { HTTPS_PROXY: proxy, HTTP_PROXY: proxy });
      expect(result.code).toBe("ProxyFailed");
      expect(result.message).toMatch(
        new RegExp(`^The proxy http://127.0.0.1:${port} cannot be reached: ECONNREFUSED`),
      );
    }
  });

  it("that is no address is ProxyFailed", async () => {
    const { result } = await ask(at(remote), { HTTP_PROXY: "http://:::" });
    expect(result.code).toBe("ProxyFailed");
  });
});
