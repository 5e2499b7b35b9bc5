import { expectTypeOf, it } from "vitest";
import type * as definitions from "../../../provider/definitions/index.ts";
import type { DefinitionsBundle } from "../../../provider/definitions/result.ts";

it("the bundle is what loadDefinitions takes it for", () => {
  expectTypeOf<typeof definitions>().toExtend<DefinitionsBundle>();
});
