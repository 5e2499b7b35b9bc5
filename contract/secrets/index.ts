export { HIDDEN, pairsWithoutSecrets, textWithoutSecrets, withoutSecrets } from "./hide.ts";
export { isSecretName } from "./names.ts";
export { scrubbed, secretsIn, withoutValue } from "./scrub.ts";
