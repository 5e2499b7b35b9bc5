import { connect } from "node:net";
import { LOCAL_HOST, LOCAL_PORT } from "../../contract/local.ts";
import type { Session } from "./session.ts";
import { adviceWhenUnreachable } from "./settings.ts";

/** A listener on this machine answers at once. */
const ANSWER_MS_MAX = 300;

/**
 * A preview of something new needs no call, so that nobody listens would show only while it is applied. Said once
 * in a run, and only when the address is a guess.
 */
export async function warnWhenNobodyAnswers(session: Session, urn: string | undefined): Promise<void> {
  if (session.settings.target !== "assumed" || !session.memory.isNew("probe")) return;
  if (await isListening(LOCAL_HOST, LOCAL_PORT)) return;
  const { address } = session.settings.endpointOf("dts", session.settings.region);
  session.log.warn(adviceWhenUnreachable(session.settings, address), urn);
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_MS_MAX, () => settle(false));
    socket.once("connect", () => settle(true));
    socket.once("error", () => settle(false));
  });
}
