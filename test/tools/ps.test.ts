import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isProcessAlive, mustRun, runCommand, stopChild } from "../../tools/ps.ts";

const node = (script: string) => ["--eval", script];

test("both streams, the exit code and the input are handed over", async () => {
  const script = "process.stdin.pipe(process.stdout); console.error('aside'); process.exitCode = 3";
  const result = await runCommand(process.execPath, node(script), { input: "hello" });
  expect(result).toMatchObject({ code: 3, stdout: "hello", stderr: "aside\n", timedOut: false });
});

test("a command that takes too long is ended with everything it started", async () => {
  const script = `
    const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const result = await runCommand(process.execPath, node(script), { timeoutMs: 500 });
  expect(result).toMatchObject({ code: null, signal: "SIGTERM", timedOut: true });
  await expect.poll(() => isProcessAlive(Number(result.stdout))).toBe(false);
});

test("a command that ignores the polite signal is killed", async () => {
  const script = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)";
  const result = await runCommand(process.execPath, node(script), { timeoutMs: 500 });
  expect(result).toMatchObject({ signal: "SIGKILL", timedOut: true });
});

test("only the end of a long output is kept", async () => {
  const script = "for (let i = 0; i < 20000; i++) console.log('line ' + i)";
  const { stdout } = await runCommand(process.execPath, node(script), { outputBytesMax: 1_000 });
  expect(stdout.endsWith("line 19999\n")).toBe(true);
  expect(stdout.length).toBeLessThan(150_000);
});

test("mustRun throws with what the command said, and a command that does not exist is refused", async () => {
  const failing = mustRun(process.execPath, node("console.error('the reason'); process.exit(2)"));
  await expect(failing).rejects.toThrow(/ended with code 2:\nthe reason/);
  await expect(runCommand("/no/such/command", [])).rejects.toThrow("ENOENT");
});

test("a child is ended by the signal, by force where it does not follow, and once only", async () => {
  const start = async (script: string) => {
    const child = spawn(
      process.execPath,
      node(`${script}; setInterval(() => {}, 1000); console.log("ready")`),
    );
    await once(child.stdout, "data");
    return child;
  };
  const polite = await start("0");
  await stopChild(polite, { signal: "SIGINT" });
  expect(polite.signalCode).toBe("SIGINT");
  const deaf = await start("process.on('SIGTERM', () => {})");
  await stopChild(deaf, { graceMs: 200 });
  expect(deaf.signalCode).toBe("SIGKILL");
  await stopChild(deaf);
});
