/** What a figure must reach. `ratio` is ours over the floor's, `ours` the figure alone. */
export interface Goal {
  readonly of: "ratio" | "ours";
  readonly kind: "atMost" | "atLeast";
  readonly value: number;
}

/** One line of a table: a figure of ours beside the floor or peer measured in the same run. */
export interface Row {
  readonly what: string;
  /** Of `ours` and `floor`, e.g. `s`, `ms`, `MB`, `requests/s`. */
  readonly unit: string;
  /** Median of the samples. */
  readonly ours: number;
  readonly oursSamples: readonly number[];
  /** What it is measured against, in a few words. */
  readonly against?: string;
  readonly floor?: number;
  readonly floorSamples?: readonly number[];
  readonly ratio?: number;
  readonly goal?: Goal;
  /** Undefined when there is no goal. */
  readonly reached?: boolean;
}

export interface BenchContext {
  /** Fewer and shorter rounds: shows that a bench works, its figures are rough. */
  readonly quick: boolean;
  /** An empty folder of this run alone; deleted at the end. */
  readonly workDir: string;
  /** Progress, one line; not part of the results. */
  say(text: string): void;
}

export interface BenchOutcome {
  readonly rows: readonly Row[];
  /** What a reader must know to judge the figures. */
  readonly notes: readonly string[];
}

export interface Bench {
  /** As given on the command line. */
  readonly name: string;
  readonly title: string;
  run(context: BenchContext): Promise<BenchOutcome>;
}

export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
}

/** One bench's results as they are kept in `latest.json`. */
export interface BenchRecord extends BenchOutcome {
  readonly name: string;
  readonly title: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly quick: boolean;
  /** Load average of the minute before: well above 1 something else was running, and times are too long. */
  readonly loadBefore: number;
  readonly durationSeconds: number;
  readonly machine: Machine;
}

export interface Results {
  readonly benches: readonly BenchRecord[];
}
