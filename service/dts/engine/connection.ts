import type { Kernel } from "../../core/kit/kernel.ts";
import { dial } from "../../core/outbound/dial.ts";
import { failureText } from "../../core/outbound/failure-text.ts";
import type { SourceTarget } from "./source.ts";

const CONNECT_MS_MAX = 1_500;

/** Whether something listens at one end of a task, in the published words. Never rejects, ends within its bound. */
export async function connectionStatus(kernel: Kernel, target: SourceTarget | undefined, instanceId: string) {
  if (target === undefined) {
    const what = instanceId === "" ? "what was named" : instanceId;
    return {
      connectDetail: [],
      connectRes: false,
      connectAdvice: `No address is known for ${what}, so nothing was connected to; the setting sourceInstances gives one.`,
    };
  }
  const { host, port } = target;
  const failure = await dial(kernel.settings, { ...target, msMax: CONNECT_MS_MAX }).then(
    (socket) => void socket.destroy(),
    (error: unknown) => failureText(error).slice(0, 1_000),
  );
  const isReached = failure === undefined;
  return {
    connectDetail: [{ testName: "Telnet", testSuccess: isReached }],
    connectRes: isReached,
    connectAdvice: isReached ? "" : `Cannot connect to ${host}:${port}: ${failure}.`,
  };
}
