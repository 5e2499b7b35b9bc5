import type { Client } from "pg";
import type { CaptureJob } from "../capture.ts";
import { textOf } from "../failure.ts";
import { quoteName, quoteText, type SourceNames } from "./names.ts";
import type { SourceState } from "./source-state.ts";

/** pgoutput hands on logical messages since PostgreSQL 14. */
export const MESSAGES_SINCE = 140_000;
const INSUFFICIENT_PRIVILEGE = "42501";
const OBJECTS_MAX = 1_000;

/** Makes the event triggers that tell of DDL, or gives the note that says why there are none. */
export async function ensureDdlTrigger(
  client: Client,
  job: CaptureJob,
  names: SourceNames,
  state: SourceState,
): Promise<{ readonly isThere: boolean; readonly notes: readonly string[] }> {
  const without = (...notes: string[]) => ({ isThere: false, notes });
  if (!job.ddl) return without();
  if (state.version < MESSAGES_SINCE)
    return without(
      `DDL is not tracked: PostgreSQL ${state.versionText} does not hand on the messages that carry it; that takes 14 or newer.`,
    );
  try {
    for (const statement of ddlStatements(names)) await client.query(statement);
    return { isThere: true, notes: [] };
  } catch (error) {
    await client.query("ROLLBACK");
    if ((error as { code?: unknown }).code !== INSUFFICIENT_PRIVILEGE) throw error;
    return without(
      `DDL is not tracked: the account ${job.user} may not make event triggers, which takes a superuser (${textOf(error)}).`,
    );
  }
}

function ddlStatements(names: SourceNames): string[] {
  const { schema, trigger } = names;
  const called = `${quoteName(schema)}.tell()`;
  return [
    "BEGIN",
    `CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}`,
    tellFunction(names),
    `DROP EVENT TRIGGER IF EXISTS ${quoteName(`${trigger}_end`)}`,
    `DROP EVENT TRIGGER IF EXISTS ${quoteName(`${trigger}_drop`)}`,
    `CREATE EVENT TRIGGER ${quoteName(`${trigger}_end`)} ON ddl_command_end EXECUTE PROCEDURE ${called}`,
    `CREATE EVENT TRIGGER ${quoteName(`${trigger}_drop`)} ON sql_drop EXECUTE PROCEDURE ${called}`,
    "COMMIT",
  ];
}

/**
 * Writes a message into the WAL, at its place in the transaction, and publishes new tables at once where not all are: it
 * runs as its owner, who may do that. Whatever goes wrong in it is a warning: it must never break anyone's DDL.
 */
function tellFunction({ schema, publication, messagePrefix }: SourceNames): string {
  return `CREATE OR REPLACE FUNCTION ${quoteName(schema)}.tell() RETURNS event_trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $function$
DECLARE
  told jsonb;
  made text;
BEGIN
  IF tg_event = 'sql_drop' THEN
    IF tg_tag NOT LIKE 'DROP %' THEN RETURN; END IF;
    SELECT jsonb_agg(one) INTO told FROM (
      SELECT jsonb_build_object('schema', schema_name,
        'table', CASE WHEN object_type IN ('table', 'foreign table') THEN object_name END) AS one
      FROM pg_event_trigger_dropped_objects()
      WHERE (original OR object_type = 'table') AND NOT is_temporary
        AND coalesce(schema_name, object_name, '') <> ${quoteText(schema)}
      LIMIT ${OBJECTS_MAX}) AS listed;
  ELSE
    SELECT jsonb_agg(one) INTO told FROM (
      SELECT jsonb_build_object('schema', coalesce(d.schema_name, CASE d.object_type WHEN 'schema' THEN d.object_identity END),
        'table', coalesce(i.relname, CASE WHEN c.relkind IN ('r', 'p', 'f') THEN c.relname END)) AS one
      FROM pg_event_trigger_ddl_commands() AS d
      LEFT JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
      LEFT JOIN pg_index AS x ON x.indexrelid = c.oid
      LEFT JOIN pg_class AS i ON i.oid = x.indrelid
      WHERE d.object_type NOT LIKE 'publication%' AND d.schema_name IS DISTINCT FROM ${quoteText(schema)}
        AND d.schema_name IS DISTINCT FROM 'pg_temp' AND c.relpersistence IS DISTINCT FROM 't'
      LIMIT ${OBJECTS_MAX}) AS listed;
    IF tg_tag IN ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') THEN
      FOR made IN
        SELECT c.oid::regclass::text FROM pg_event_trigger_ddl_commands() AS d
        JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND c.oid = d.objid
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND NOT c.relispartition
          AND EXISTS (SELECT FROM pg_publication WHERE pubname = ${quoteText(publication)} AND NOT puballtables)
      LOOP
        EXECUTE format('ALTER PUBLICATION %I ADD TABLE %s', ${quoteText(publication)}, made);
      END LOOP;
    END IF;
  END IF;
  IF told IS NULL THEN RETURN; END IF;
  PERFORM pg_logical_emit_message(true, ${quoteText(messagePrefix)},
    jsonb_build_object('tag', tg_tag, 'query', current_query(), 'objects', told)::text);
  -- PostgreSQL files a message under the LSN of its end, where the next change may begin: with equal LSNs the order of
  -- subtransactions, and this is one, is left open. Something that nobody reads keeps the two apart.
  PERFORM pg_logical_emit_message(true, ${quoteText(messagePrefix)}, '');
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'change tracking could not tell of %: %', tg_tag, sqlerrm;
END
$function$`;
}
