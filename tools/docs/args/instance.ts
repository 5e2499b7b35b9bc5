import { type InterfacePlan, renderInterface } from "../interface.ts";
import { inputSchemas } from "../json-schema.ts";
import { COMMON, part } from "./parts.ts";

export function timeoutsInterface(): string {
  const schema = part(inputSchemas.iotGroup, "timeouts");
  return renderInterface({
    name: "TimeoutsArgs",
    doc: schema.description ?? "",
    noun: "",
    isMember: true,
    schema,
  });
}

export function instanceTypes(): string[] {
  const schema = inputSchemas.changeTrackingInstance;
  const noun = "instance";
  const objects = part(schema, "objects", "{}");
  const plans: InterfacePlan[] = [
    {
      name: "TrackingSourceArgs",
      doc: "The database whose changes are tracked.",
      schema: part(schema, "source"),
      noun,
      isMember: true,
    },
    {
      name: "TrackedDatabaseArgs",
      doc: "What of one database is tracked.",
      schema: objects,
      noun,
      isMember: true,
    },
    {
      name: "ChangeTrackingInstanceArgs",
      doc: "Inputs of a `ChangeTrackingInstance`.",
      schema,
      noun,
      names: { ...COMMON, source: "TrackingSourceArgs", objects: "TrackedDatabaseArgs" },
    },
  ];
  return plans.map(renderInterface);
}
