import { z } from "zod";
import { objectName } from "./source.ts";
import { refuse, wrongType } from "./text.ts";

const table = z.looseObject(
  { name: objectName.optional() },
  { error: wrongType('an object such as { "name": "orders", "all": true }') },
);

const database = z
  .looseObject(
    {
      name: objectName.optional(),
      Table: z.record(objectName, table, { error: wrongType("an object of tables by name") }).optional(),
    },
    { error: wrongType('an object such as { "name": "shop", "all": true }') },
  )
  .superRefine(({ all, Table }, ctx) => {
    if (all !== true && Table !== undefined && Object.keys(Table).length === 0) {
      refuse(ctx, 'must name at least one table or say "all": true');
    }
  });

/**
 * What `DbList` holds: databases by name, each whole or with its tables. Members beyond these (aliases, filters) are
 * published for other kinds of tasks too and left alone.
 */
export const wireObjects = z
  .record(objectName, database, { error: wrongType("the JSON text of an object") })
  .superRefine((value, ctx) => {
    if (Object.keys(value).length === 0) refuse(ctx, "must name at least one database");
  });
