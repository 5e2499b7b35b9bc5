/** A mistake on the command line or in the environment; the process ends with status 2. */
export class UsageError extends Error {}
