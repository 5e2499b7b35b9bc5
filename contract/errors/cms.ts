import { type ErrorEntry, permanentError } from "./entry.ts";

/**
 * Failures of CloudMonitor. Clients know the three codes of what is missing; for a rule that breaks a limit no
 * code is published, so it is chosen and stands here and nowhere else.
 */
export const CMS_ERRORS = {
  InvalidParameter: permanentError("InvalidParameter", 400, "The parameter {Name} is not valid.", "chosen"),
  ContactNotExists: permanentError("ContactNotExists", 404, "The alert contact does not exist.", "observed"),
  ContactGroupNotExists: permanentError(
    "ContactGroupNotExists",
    404,
    "The alert contact group does not exist.",
    "observed",
  ),
  ResourceNotFound: permanentError(
    "ResourceNotFound",
    404,
    "The specified resource is not found.",
    "observed",
  ),
} as const satisfies Record<string, ErrorEntry>;
