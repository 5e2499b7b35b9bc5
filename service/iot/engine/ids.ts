import type { Random } from "../../core/kit/clock.ts";

const MIXED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const newGroupId = (random: Random): string => random.id(26, MIXED);
/** Product keys start with `a1`. */
export const newProductKey = (random: Random): string => `a1${random.id(9, MIXED)}`;
export const newSecret = (random: Random): string => random.id(16, MIXED);
/** Rules and actions: nine digits. */
export const newLongId = (random: Random): number =>
  Number(`${random.id(1, "123456789")}${random.id(8, "0123456789")}`);
