/** Closes the session at once when the signal is raised, which ends whatever waits on it; gives what closes it otherwise. */
export function closeOn(signal: AbortSignal, session: { close(): void }): () => void {
  const close = () => session.close();
  signal.addEventListener("abort", close, { once: true });
  if (signal.aborted) close();
  return () => {
    signal.removeEventListener("abort", close);
    close();
  };
}
