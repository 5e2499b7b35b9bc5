import { run } from "../../../provider/cli/main.ts";

/** A command's end: its status and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in a folder, as nobody's terminal. */
export async function runCli(
  cwd: string,
  argv: readonly string[],
  options: { readonly env?: Record<string, string>; readonly hasColors?: boolean } = {},
): Promise<Ran> {
  const written = { out: "", err: "" };
  const output = (to: keyof typeof written) => ({
    hasColors: options.hasColors ?? false,
    write: (text: string) => {
      written[to] += text;
    },
  });
  const code = await run(argv, { cwd, env: options.env ?? {}, out: output("out"), err: output("err") });
  return { code, ...written };
}
