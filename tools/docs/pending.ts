/*
 * What is documented and not built yet. test/contract/rules.test.ts holds these lists against the tests, and the
 * README's table of limits says "not yet" by them. They only get shorter.
 */

/** Rules that have no test because their part is not built. */
export const PENDING_RULES = ["IOT-3"].flatMap((line) => line.split(" "));

/** Rules whose behaviour for data plane clients is not built, so that it has no test. */
export const PENDING_RUNTIME = [
  "MQ-17",

  "IOT-3 IOT-7 IOT-8 IOT-9",
  "DEL-1",
  "ALR-1 ALR-3 ALR-5 ALR-6 ALR-7 ALR-8 ALR-9 ALR-10",
].flatMap((line) => line.split(" "));
