import { ProviderError } from "../../../host/errors.ts";
import { isInstanceGone } from "../../../observe/instance.ts";

/** For a create or an update: there is nothing to make the group on. */
export function explainGone(instance: string, error: unknown): unknown {
  if (!isInstanceGone(error)) return error;
  return new ProviderError(
    "NotFound",
    `the change tracking instance ${instance} does not exist any more, and its consumer groups went with it (after a ` +
      "destroy that was cut off, say). Run `pulumi refresh`, then `pulumi up` makes again what the program has and the " +
      "service has not, or `pulumi destroy` ends the destroy; an id that the program writes out has to be that of another one",
    { cause: error },
  );
}
