import { describe, expect, it } from "vitest";
import { LOCAL_ENDPOINT } from "../../../../contract/local.ts";
import {
  adviceWhenUnreachable,
  parseEndpoint,
  readSettings,
} from "../../../../provider/runtime/host/settings.ts";

const settings = (config: Record<string, string> = {}, environment: Record<string, string> = {}) =>
  readSettings((key) => config[key], environment);
const address = (config: Record<string, string>, environment?: Record<string, string>) =>
  settings(config, environment).endpointOf("dts", "cn-hangzhou").address;

describe("which cloud", () => {
  it("is the local service when nobody says anything, never the real cloud", () => {
    const all = settings();
    expect(all.target).toBe("assumed");
    expect(all.endpointOf("cms", "cn-hangzhou").address).toBe(LOCAL_ENDPOINT);
    expect(adviceWhenUnreachable(all, LOCAL_ENDPOINT)).toMatch(
      /npx change-tracking-service.*changetracking:endpoint/,
    );
  });

  it("is one endpoint for all, or one for each product", () => {
    expect(address({ "changetracking:endpoint": "http://127.0.0.1:9" })).toBe("http://127.0.0.1:9");
    const config = {
      "changetracking:endpoint": "http://127.0.0.1:9",
      "changetracking:endpoints": '{"dts":"https://dts.example"}',
    };
    expect(address(config)).toBe("https://dts.example");
    expect(settings(config).endpointOf("cms", "x").address).toBe("http://127.0.0.1:9");
  });

  it("is the published host of the resource's region with target cloud", () => {
    const cloud = settings({ "changetracking:target": "cloud" });
    expect(cloud.target).toBe("cloud");
    expect(cloud.endpointOf("dts", "cn-beijing").address).toBe("https://dts.cn-beijing.aliyuncs.com");
    expect(cloud.endpointOf("cms", "cn-beijing").host).toBe("metrics.cn-beijing.aliyuncs.com");
  });

  it("the environment wins, because a destroy gets an old configuration", () => {
    const environment = {
      CHANGE_TRACKING_ENDPOINT: "http://127.0.0.1:7",
      CHANGE_TRACKING_REGION: "cn-beijing",
    };
    expect(address({ "changetracking:endpoint": "http://127.0.0.1:9" }, environment)).toBe(
      "http://127.0.0.1:7",
    );
    expect(address({ "changetracking:target": "cloud" }, environment)).toBe("http://127.0.0.1:7");
    expect(settings({ "changetracking:region": "cn-shenzhen" }, environment).region).toBe("cn-beijing");
  });

  it.each([
    [{ "changetracking:target": "moon" }, /"cloud" or "local", got "moon"/],
    [{ "changetracking:target": "cloud", "changetracking:endpoint": "http://x" }, /remove one of them/],
    [{ "changetracking:endpoints": "dts=http://x" }, /JSON object/],
    [{ "changetracking:endpoints": '{"dtss":"http://x"}' }, /no product "dtss"/],
    [{ "changetracking:endpoint": "ftp://x" }, /plain http or https/],
    [{ "changetracking:endpoint": "http://user:pass@x" }, /plain http or https/],
    [{ "changetracking:accessKeyId": "a" }, /go together: changetracking:accessKeySecret is missing/],
    [{ "changetracking:accessKeySecret": "a" }, /go together: changetracking:accessKeyId is missing/],
    [{ "changetracking:securityToken": "a" }, /securityToken is set without changetracking:accessKeyId/],
  ])("%j is refused", (config, message) => {
    expect(() => settings(config as Record<string, string>)).toThrow(message);
  });

  it("may be started by the program, if that says so plainly", () => {
    const given = (value?: string) =>
      settings(value === undefined ? {} : { "changetracking:serviceInProgram": value }).isServiceInProgram;
    expect([given(), given("false"), given("true")]).toEqual([false, false, true]);
    expect(() => given("yes")).toThrow(/changetracking:serviceInProgram must be true or false, got "yes"/);
  });

  it("never repeats a user or password of an address", () => {
    expect(() => settings({ "changetracking:endpoint": "http://me:s3cret@x" })).not.toThrow(/s3cret/);
  });
});

describe("keys", () => {
  const local = { accessKeyId: "local", accessKeySecret: "local-secret" };
  it("of this machine's service are its own, of the cloud come from the official chain", () => {
    const all = settings();
    expect(all.keysFor(all.endpointOf("dts", "x"))).toEqual(local);
    expect(all.keysFor(parseEndpoint("https://dts.example", "x"))).toBeUndefined();
  });

  it("of the configuration go everywhere, those of the environment before them", () => {
    const config = {
      "changetracking:accessKeyId": "a",
      "changetracking:accessKeySecret": "b",
      "changetracking:securityToken": "c",
    };
    const all = settings(config);
    expect(all.keysFor(all.endpointOf("dts", "x"))).toEqual({
      accessKeyId: "a",
      accessKeySecret: "b",
      securityToken: "c",
    });
    const environment = { CHANGE_TRACKING_ACCESS_KEY_ID: "d", CHANGE_TRACKING_ACCESS_KEY_SECRET: "e" };
    expect(settings(config, environment).keysFor(all.endpointOf("dts", "x"))).toEqual({
      accessKeyId: "d",
      accessKeySecret: "e",
    });
  });
});

describe("an endpoint", () => {
  it.each([
    ["http://127.0.0.1:8780", "http://127.0.0.1:8780", true],
    ["127.0.0.1:8780", "http://127.0.0.1:8780", true],
    ["localhost:8780", "http://localhost:8780", true],
    ["https://dts.example", "https://dts.example", false],
    ["dts.example", "https://dts.example", false],
    ["http://[::1]:8780", "http://[::1]:8780", true],
  ])("%s is %s", (given, expected, isLoopback) => {
    expect(parseEndpoint(given, "x")).toMatchObject({ address: expected, isLoopback });
  });
});
