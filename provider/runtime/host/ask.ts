import type { Session } from "./session.ts";

/** What checks ask the service, and what is said once in a run when it cannot be asked. */
const UNANSWERED = {
  groups:
    "The service could not be asked which consumer groups exist; only those of this program are counted.",
  names:
    "The service could not be asked which names are taken on 4.x instances; only those of this program and instance " +
    "are compared.",
  tasks: "The service could not be asked about inflow tasks and their sources; only the program is judged.",
  contacts: "CloudMonitor could not be asked which contact groups exist.",
} as const;
type Question = keyof typeof UNANSWERED;

/** What the service says; undefined when it cannot be asked, and then a check goes on without. */
export async function askOrWarn<T>(
  session: Session,
  question: Question,
  urn: string | undefined,
  ask: () => Promise<T>,
): Promise<{ readonly answer: T } | undefined> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (session.memory.isNew(keyOf(question))) {
      const reason = error instanceof Error ? error.message : String(error);
      session.log.warn(`${UNANSWERED[question]} ${reason}`, urn);
    }
    return undefined;
  }
}

/** For a run in which the way to the service is known to be broken: that no question is answered says nothing new. */
export function silenceQuestions({ memory }: Session): void {
  for (const question of Object.keys(UNANSWERED)) memory.isNew(keyOf(question));
}

function keyOf(question: string): string {
  return `unanswered ${question}`;
}
