/** A bench cannot be run on this machine; the message says what is missing and how to get it. */
export class BenchSkipped extends Error {}
