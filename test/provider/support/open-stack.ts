import { type StackOptions, type TestStack, withStack } from "../../support/e2e.ts";

export interface OpenStack {
  readonly stack: TestStack;
  close(): Promise<void>;
}

/** A stack that several tests share; close it in `afterAll`. */
export async function openStack(options: StackOptions): Promise<OpenStack> {
  const finished = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<TestStack>();
  const whole = withStack(options, async (stack) => {
    opened.resolve(stack);
    await finished.promise;
  });
  whole.catch(opened.reject);
  const stack = await opened.promise;
  return {
    stack,
    close: async () => {
      finished.resolve();
      await whole;
    },
  };
}
