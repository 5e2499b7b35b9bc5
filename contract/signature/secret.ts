const SECRET_NAME = /(password|secret|privatekey)$/i;

/** Whether a published parameter's value must never be shown, by its name: `ConsumerGroupPassword`. */
export function isSecretParameter(name: string): boolean {
  return SECRET_NAME.test(name);
}
