import { captureErrors } from "../failure.ts";

/** Classes and codes of SQLSTATE that trying again does not mend: authentication, no such database, no right. */
const REFUSED = /^(28|3D000|42501)/;

export const captureError = captureErrors(({ code }) => typeof code === "string" && REFUSED.test(code));
