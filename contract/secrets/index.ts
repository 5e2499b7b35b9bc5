export { HIDDEN, pairsWithoutSecrets, textWithoutSecrets, withoutSecrets } from "./hide.ts";
export { isSecretName } from "./names.ts";
export { scrubbed, scrubber, secretsIn, withoutValue } from "./scrub.ts";
