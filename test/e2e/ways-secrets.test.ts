import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { GROUP_PASSWORD, program, SOURCE_PASSWORD } from "../provider/support/programs.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import { did, type Ground, startGround } from "./support/ground.ts";

/* The provider gets secrets in clear, whatever keeps them: what is checked is that no state does. */

let ground: Ground;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.service.stop());
beforeEach(async () => {
  await ground.service.admin("POST", "reset");
});

const body = (account: string) => `
  const orders = instance("orders");
  group("billing", orders, { account: "${account}" });`;

async function lives(stack: TestStack): Promise<void> {
  expect((await stack.up()).errors).toEqual([]);
  const text = JSON.stringify(await stack.exportState());
  expect([GROUP_PASSWORD, SOURCE_PASSWORD].filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).toMatch(/"ciphertext":/);
  stack.edit(program(body("second")));
  expect(did(await stack.up())).toEqual(["billing update"]);
  expect(await ground.groups(await ground.onlyInstance())).toMatchObject({ billing: { account: "second" } });
  expect((await stack.destroy()).errors).toEqual([]);
  expect(await ground.instances()).toEqual([]);
}

test("a passphrase from a file; another one changes nothing", async () => {
  await withStack({ program: program(body("first")), config: ground.config }, async (stack) => {
    const file = join(stack.folder, "passphrase.txt");
    const wrong = { env: { PULUMI_CONFIG_PASSPHRASE: "another" } };
    writeFileSync(file, "test\n");
    delete stack.env.PULUMI_CONFIG_PASSPHRASE;
    stack.env.PULUMI_CONFIG_PASSPHRASE_FILE = file;
    const refused = await stack.up(wrong);
    expect(refused.text).toMatch(/passphrase/);
    expect(await ground.instances()).toEqual([]);
    await lives(stack);
  });
});

test("another secrets provider, configured by the environment, takes over a stack that lives", async () => {
  const vault = await startVault();
  try {
    const config = { ...ground.config, other: { secret: "c0nfig-secret" } };
    await withStack({ program: program(body("first")), config }, async (stack) => {
      expect((await stack.up()).errors).toEqual([]);
      stack.env.VAULT_SERVER_URL = vault.url;
      stack.env.VAULT_SERVER_TOKEN = "token";
      const changed = await stack.run(["stack", "change-secrets-provider", "hashivault://key"]);
      expect(changed.stderr).toBe("");
      delete stack.env.PULUMI_CONFIG_PASSPHRASE;
      expect(did(await stack.up())).toEqual([]);
      await lives(stack);
      expect(vault.calls()).toBeGreaterThan(0);
    });
  } finally {
    vault.server.close();
  }
});

interface Vault {
  server: Server;
  url: string;
  calls(): number;
}

/** As much of Vault's transit engine as a key that wraps other keys needs. */
async function startVault(): Promise<Vault> {
  let calls = 0;
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => {
      text += chunk;
    });
    request.on("end", () => {
      calls += 1;
      const { plaintext, ciphertext } = JSON.parse(text || "{}") as Record<string, string | undefined>;
      const turned = (value = "") => [...value].reverse().join("");
      const data = request.url?.includes("/encrypt/")
        ? { ciphertext: `vault:v1:${turned(plaintext)}` }
        : { plaintext: turned(ciphertext?.replace("vault:v1:", "")) };
      response.setHeader("content-type", "application/json").end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}`, calls: () => calls };
}
