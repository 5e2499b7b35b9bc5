import type { ErrorEntry } from "../../../contract/errors/index.ts";

/** Failures below the published gateway table. No published code was found for them, so these are chosen. */
export const TRANSPORT_ERRORS = {
  BodyTooLarge: {
    code: "RequestEntityTooLarge",
    httpStatus: 413,
    message: "The request body is too large.",
    retryable: false,
    basis: "chosen",
  },
  BodyTooSlow: {
    code: "RequestTimeout",
    httpStatus: 408,
    message: "The request body did not arrive in time.",
    retryable: true,
    basis: "chosen",
  },
  HeadersTooLarge: {
    code: "RequestHeaderFieldsTooLarge",
    httpStatus: 431,
    message: "The request line and headers are too large; send parameters in a POST body.",
    retryable: false,
    basis: "chosen",
  },
  OriginNotAllowed: {
    code: "OriginNotAllowed",
    httpStatus: 403,
    message: "The request comes from a web page that may not call this service.",
    retryable: false,
    basis: "chosen",
  },
  Malformed: {
    code: "BadRequest",
    httpStatus: 400,
    message: "The request is not well-formed HTTP.",
    retryable: false,
    basis: "chosen",
  },
} as const satisfies Record<string, ErrorEntry>;
