import type { Random } from "../../core/kit/clock.ts";

const mixed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export const newGroupId = (random: Random): string => random.id(26, mixed);
/** Product keys start with `a1`. */
export const newProductKey = (random: Random): string => `a1${random.id(9, mixed)}`;
export const newSecret = (random: Random): string => random.id(16, mixed);
/** Rules and actions: nine digits. */
export const newLongId = (random: Random): number =>
  Number(`${random.id(1, "123456789")}${random.id(8, "0123456789")}`);
