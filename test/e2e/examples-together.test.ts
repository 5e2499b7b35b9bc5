import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { runCommand } from "../../tools/ps.ts";
import { type TestStack, withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";

/* What the examples' READMEs say to type, typed: each example twice, and all of them on one service. */

const EXAMPLES = { "consumer-groups": 6, alerts: 4, inflow: 4 };
const SHELL_MS_MAX = 600_000;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service?.stop());

/** The commands of a README's last block in which a stack is made, up to the first `pulumi up` and from the destroy on. */
function commandsOf(name: string): { before: string; after: string } {
  const text = readFileSync(join(root, "examples", name, "README.md"), "utf8");
  const block = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? "").at(-1) ?? "";
  const lines = block.split("\n").filter((line) => !line.startsWith("cd ") && line !== "");
  const up = lines.indexOf("pulumi up");
  expect(up).toBeGreaterThan(0);
  const here = (line: string) => line.replace("http://127.0.0.1:8780", service.url);
  return {
    before: lines
      .slice(0, up + 1)
      .map(here)
      .join("\n"),
    after: lines.filter((line) => line.startsWith("pulumi destroy")).join("\n"),
  };
}

async function type(stack: TestStack, commands: string): Promise<string> {
  expect(commands).not.toBe("");
  const env = { ...stack.env, PULUMI_SKIP_CONFIRMATIONS: "true" };
  const result = await runCommand("/bin/sh", ["-e", "-c", commands], {
    cwd: stack.folder,
    env,
    timeoutMs: SHELL_MS_MAX,
  });
  expect(result.code, result.stdout + result.stderr).toBe(0);
  return result.stdout;
}

/** Opens a stack for each example, and hands over all of them. */
async function withAll(
  names: readonly string[],
  work: (stacks: Map<string, TestStack>) => Promise<void>,
  open = new Map<string, TestStack>(),
): Promise<void> {
  const [name, ...rest] = names;
  if (name === undefined) return work(open);
  const options = { program: join(root, "examples", name), project: name };
  await withStack(options, (stack) => withAll(rest, work, new Map([...open, [name, stack]])));
}

it("the examples work beside each other, a second time without a change, and after a destroy anew", async () => {
  await withAll(Object.keys(EXAMPLES), async (stacks) => {
    for (const [name, stack] of stacks) {
      const made = EXAMPLES[name as keyof typeof EXAMPLES];
      expect(await type(stack, commandsOf(name).before)).toMatch(new RegExp(`\\+ ${made + 1} created`));
    }
    for (const [name, stack] of stacks) {
      const made = EXAMPLES[name as keyof typeof EXAMPLES];
      expect(await type(stack, commandsOf(name).before)).toMatch(new RegExp(`\\s${made + 1} unchanged`));
    }
    for (const [name, stack] of stacks) await type(stack, commandsOf(name).after);
    const stack = stacks.get("consumer-groups") as TestStack;
    const { before, after } = commandsOf("consumer-groups");
    expect(await type(stack, before)).toMatch(/\+ 7 created/);
    await type(stack, after);
  });
});
