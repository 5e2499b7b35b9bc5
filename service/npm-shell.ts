/** Script lines of npm and npx that start this service. */
const OURS = /change-tracking-service|service\/dist\/main\.js/;
const LOOK_EVERY_MS = 300;

/**
 * npm and npx run a command through a shell and hand SIGTERM to that shell only; it dies, and what it had started goes
 * on without anybody. So a service that was started so ends with its shell. One that is started in any other way,
 * from inside a script too, goes on whatever becomes of its parent.
 */
export function whenNpmShellEnds(
  env: NodeJS.ProcessEnv,
  end: () => void,
  parent: () => number = () => process.ppid,
): void {
  if (!OURS.test(env.npm_lifecycle_script ?? "")) return;
  const shell = parent();
  const timer = setInterval(() => {
    if (parent() === shell) return;
    clearInterval(timer);
    end();
  }, LOOK_EVERY_MS);
  timer.unref();
}
