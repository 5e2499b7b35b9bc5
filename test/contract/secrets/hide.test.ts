import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isSecretName,
  pairsWithoutSecrets,
  scrubbed,
  scrubber,
  secretsIn,
  textWithoutSecrets,
  withoutSecrets,
} from "../../../contract/secrets/index.ts";
import { percentEncode } from "../../../service/core/auth/signature.ts";

const SAMPLE = "Geheim1";
const SECRET = "Geheim-1&x=\"'ü";

describe("secret names", () => {
  it.each([
    "Password",
    "ConsumerGroupPassword",
    "source.password",
    "Webhook",
    "Channels.DingWebHook",
    "Channels.1.DingWebHook.2",
    "WebhookParameters.1.Url",
    "callbackUrl",
    "SecurityToken",
    "x-acs-security-token",
    "Authorization",
    "Credential",
    "AccessKeySecret",
    "access_key_secret",
    "SslKeystoreKey",
    "ApiKeyAuthParameters.ApiKeyValue",
    "apiToken",
    "clientSecret",
    "licenseKey",
    "private-key",
  ])("%s is one", (name) => expect(isSecretName(name)).toBe(true));

  it.each([
    "AccessKeyId",
    "Key",
    "Tag.1.Key",
    "TagKey",
    "ProductKey",
    "ClientToken",
    "NextToken",
    "SignatureNonce",
    "SignatureMethod",
    "Checkpoint",
    "Keyword",
    "ConsumerGroupUserName",
    "tokenSeconds",
  ])("%s is none", (name) => expect(isSecretName(name)).toBe(false));
});

describe("hiding", () => {
  it("covers structures, JSON texts in texts, labels, and leaves the rest as it was", () => {
    const config = {
      Source: JSON.stringify({ SourceMySQLParameters: { User: "u", Password: SECRET } }),
      Deep: JSON.stringify({ inner: JSON.stringify({ list: [{ dingWebHook: SECRET }] }) }),
      Encoded: percentEncode(JSON.stringify({ Password: SECRET })),
      Targets: [{ ParamList: [{ ResourceKey: "password", Form: "CONSTANT", Value: SECRET }] }],
      Headers: [{ Key: "x", Value: SECRET, IsValueSecret: "true" }],
      Broken: `{ "Password": "${SECRET}`,
      Cookie: { a: SECRET },
      Kept: '{ "a" :  1 }',
      Tags: [{ Key: "stage", Value: "test" }],
    };
    const shown = withoutSecrets(config) as typeof config;
    expect(decodeURIComponent(JSON.stringify(shown))).not.toContain("Geheim");
    expect(JSON.parse(shown.Source)).toEqual({ SourceMySQLParameters: { User: "u", Password: "***" } });
    expect([shown.Kept, shown.Tags]).toEqual([config.Kept, config.Tags]);
  });

  it.each([
    ["postgres://u:Geheim@h/db", "postgres://u:***@h/db"],
    [
      "see https://h/robot/send?access_token=Geheim&x=1 now",
      "see https://h/robot/send?access_token=***&x=1 now",
    ],
    ["host=h password=Geheim port=1", "host=h password=*** port=1"],
    ["A%3D1%26Password%3DGeheim%26B%3D2", "A%3D1%26Password%3D***%26B%3D2"],
    ["Authorization: Bearer Geheim12345", "Authorization: Bearer ***"],
    ["password must be 8 to 32 characters", "password must be 8 to 32 characters"],
    ["http://127.0.0.1:8780/_service/status", "http://127.0.0.1:8780/_service/status"],
  ])("in words: %s", (text, shown) => expect(textWithoutSecrets(text)).toBe(shown));

  it("covers flattened parameters, those named by a neighbour too", () => {
    expect(
      pairsWithoutSecrets([
        ["Channels.DingWebHook", SECRET],
        ["P.1.ResourceKey", "token"],
        ["P.1.Value", SECRET],
        ["P.2.ResourceKey", "url"],
        ["P.2.Value", "kept"],
        ["Password", ""],
      ]).map(([, value]) => value),
    ).toEqual(["***", "token", "***", "url", "kept", ""]);
  });

  it.each([
    [`postgres://u:p@${SAMPLE}@h/db`, "postgres://u:***@h/db"],
    [`postgres://u:p/${SAMPLE}#?@h/db`, "postgres://u:***@h/db"],
    [`server=h;pwd=${SAMPLE};`, "server=h;pwd=***"],
    [`user=u password='my ${SAMPLE}' more`, "user=u password='***' more"],
    [`username="u" password="my ${SAMPLE}";`, 'username="u" password="***";'],
    [`https://hooks.example/send?key=${SAMPLE}&a=1`, "https://hooks.example/send?key=***&a=1"],
    [`url=https://hooks.example/?pw=${SAMPLE}`, "url=https://hooks.example/?pw=***"],
    [`said {"password": "${SAMPLE}", "a": 1}`, 'said {"password": "***", "a": 1}'],
  ])("finds them in words as people and drivers write them: %s", (text, shown) => {
    expect(textWithoutSecrets(text)).toBe(shown);
  });

  it.each([
    "http://h:80/path and a@b",
    "Tag.1.Key=env&b=2",
    "mailto://ada@example.com",
    "a=1;b=2 https://h/x?y=z",
  ])("leaves others alone: %s", (text) => expect(textWithoutSecrets(text)).toBe(text));

  it("stays quick with what a stranger may send", () => {
    const long = "a".repeat(1_000_000);
    const deep = `${"[".repeat(8_000)}${"]".repeat(8_000)}`;
    for (const text of [
      long,
      `${long}=`,
      deep,
      `{"token":"${long}"}`,
      `a://${long}`,
      "%7B".repeat(50_000),
      "x-".repeat(2_000_000),
    ]) {
      expect(textWithoutSecrets(text).length).toBeLessThanOrEqual(text.length);
    }
  });
});

describe("scrubbing", () => {
  it("finds the secrets of a call in every form that a text may hold", () => {
    const secrets = secretsIn({
      Name: "orders",
      Source: JSON.stringify({ A: { Password: SECRET } }),
      Webhook: { u: "Leise-2" },
    });
    const once = percentEncode(SECRET);
    const text = `bad ${SECRET} ${JSON.stringify({ p: SECRET })} ${once} ${percentEncode(once)} Leise-2 orders`;
    const shown = scrubbed(text, secrets);
    expect(shown).not.toMatch(/Geheim|Leise/);
    expect(shown).toContain("orders");
  });

  it("takes out all of them, however many there are and wherever they overlap", () => {
    const many = Array.from({ length: 20_000 }, (_, at) => `Geheim-${at}-x`);
    const secrets = secretsIn(many.map((password) => ({ password })));
    expect(secrets.length).toBe(many.length);
    const begun = performance.now();
    const shown = scrubber(secrets)(many.join(" "));
    expect(shown).toBe(many.map(() => "***").join(" "));
    expect(performance.now() - begun).toBeLessThan(30_000);
    expect(scrubbed("aabcdez bcd abcd", ["abc", "bcdez", "abcd"])).toBe("a*** bcd ***");
    expect(scrubbed("pwpw-1pw", ["pw-", "pwpw"])).toBe("***1pw");
  });

  it("hides what it hid one by one", () => {
    const part = fc.constantFrom("ab", "abc", "b c", '"', "ä%", "/", "x");
    const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        text,
        fc.array(
          text.filter((one) => one.length > 2),
          { maxLength: 4 },
        ),
        (around, secrets) => {
          const shown = scrubbed(
            `${around}${secrets.map((one) => percentEncode(one)).join("|")}${around}`,
            secrets,
          );
          for (const secret of secrets) expect(shown.replaceAll("***", "\u0000")).not.toContain(secret);
        },
      ),
    );
  });
});
