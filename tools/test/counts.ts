/** The part of vitest's JSON report that is read here. */
export interface VitestReport {
  success: boolean;
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
  /** What the skipped tests need, each once. */
  missing: string[];
}

/**
 * Counts tests. A file that could not be loaded, or failed outside its tests, is one failure more; so is a run that
 * failed for no test's fault, an unhandled error for example. No report at all is one failure.
 */
export function countTests(report: VitestReport | undefined): Counts {
  if (!report) return { passed: 0, failed: 1, skipped: 0, missing: [] };
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, missing: [] };
  for (const file of report.testResults) {
    let failedHere = 0;
    for (const { status, fullName } of file.assertionResults) {
      if (status === "passed") counts.passed++;
      else if (status === "failed") failedHere++;
      else {
        counts.skipped++;
        const need = /\[needs (.+)\]$/.exec(fullName)?.[1];
        if (need && !counts.missing.includes(need)) counts.missing.push(need);
      }
    }
    counts.failed += file.status === "failed" && failedHere === 0 ? 1 : failedHere;
  }
  if (!report.success && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** The last line of `npm test`. */
export function summaryLine(counts: Pick<Counts, "passed" | "failed" | "skipped">): string {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}
