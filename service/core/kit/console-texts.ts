import { format } from "node:util";

const METHODS = ["debug", "log", "info", "warn", "error", "trace"] as const;
const WINDOW_MS = 60_000;
/** Whoever sends garbage to a library's parser decides how often that complains. */
const TEXTS_PER_WINDOW_MAX = 100;

type Method = (typeof METHODS)[number];

/**
 * What libraries print in this thread goes to `say` from now on, at most 100 texts a minute: standard error is for the log's
 * lines. Returns a function that ends that.
 */
export function sayConsoleTexts(say: (method: Method, text: string) => void): () => void {
  let beganMs = performance.now();
  let count = 0;
  const before = METHODS.map((method) => [method, console[method]] as const);
  for (const method of METHODS) {
    console[method] = (...values: unknown[]) => {
      if (performance.now() - beganMs > WINDOW_MS) [beganMs, count] = [performance.now(), 0];
      count += 1;
      if (count <= TEXTS_PER_WINDOW_MAX) say(method, format(...values));
    };
  }
  return () => {
    for (const [method, print] of before) console[method] = print;
  };
}
