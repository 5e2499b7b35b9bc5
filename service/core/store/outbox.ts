/**
 * Lets the answers of one turn of the event loop leave together, at its end. Each write to a socket wakes the
 * client's process, which under load costs more than the rest of the call; written in one go, one waking serves
 * many answers. An answer waits for the calls that had already arrived, never for a timer. `before` runs ahead of
 * each batch.
 */
export function openOutbox(before: () => void = () => undefined): (send: () => void) => void {
  let waiting: (() => void)[] = [];

  function sendAll(): void {
    const leaving = waiting;
    waiting = [];
    before();
    for (const send of leaving) send();
  }

  return (send) => {
    if (waiting.push(send) === 1) setImmediate(sendAll);
  };
}
