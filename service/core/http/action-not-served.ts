import { GATEWAY_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { ProductRoom } from "../kit/product-room.ts";

/** Where this service lists what it serves. */
const ACTIONS_ADDRESS = "/_service/actions";

/** What a call asks for: a name, or method and path where the product goes by them. */
interface Asked {
  readonly action: string;
  readonly method: string;
  readonly rawPath: string;
}

/** The refusal of a call that no action answers; a published one is told apart from one that does not exist. */
export function actionNotServedError(room: ProductRoom, asked: Asked): ServiceError {
  const found = (room.notServed ?? []).find(({ name, route }) =>
    room.style === "RPC"
      ? name === asked.action
      : route?.method === asked.method && pathForm(route.path).test(asked.rawPath),
  );
  if (found === undefined) {
    return serviceError(
      room.style === "RPC" ? GATEWAY_ERRORS.InvalidActionNotFound : GATEWAY_ERRORS.InvalidApiNotFound,
    );
  }
  return serviceError(GATEWAY_ERRORS.ActionNotServed, {
    detail: `${found.name} is published for version ${room.version}; GET ${ACTIONS_ADDRESS} lists what is served.`,
  });
}

/** Published paths hold letters, slashes and parameters, and nothing that an expression would read otherwise. */
function pathForm(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
}
