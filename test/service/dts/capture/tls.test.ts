import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SourceTls } from "../../../../service/core/settings/service-options.ts";
import type { Capture, CaptureJob } from "../../../../service/dts/capture/capture.ts";
import { mysqlCapture } from "../../../../service/dts/capture/mysql/mysql-capture.ts";
import { postgresCapture } from "../../../../service/dts/capture/postgres/postgres-capture.ts";
import { checkMysql } from "../../../../service/dts/engine/precheck-mysql.ts";
import { checkPostgres } from "../../../../service/dts/engine/precheck-postgres.ts";
import type { Fault } from "../../../../service/dts/engine/precheck-probe.ts";
import type { JobConfiguration } from "../../../../service/dts/entities.ts";
import { makeCertificates } from "../../../support/certificates.ts";
import { MariadbSource } from "../../../support/dts/mariadb-source.ts";
import { PostgresSource } from "../../../support/dts/postgres-source.ts";
import { changesIn, dependenciesOf, RunningCapture } from "../../../support/dts/running-capture.ts";

const signal = new AbortController().signal;
const PREFER: SourceTls = { mode: "prefer", ca: undefined };
const OFF: SourceTls = { mode: "off", ca: undefined };
/** The authorities that Node.js knows. */
const VERIFY: SourceTls = { mode: "verify", ca: undefined };
const WHOLE = ["BEGIN", "INSERT", "COMMIT"];
const DEMANDED = /offers no TLS, which the setting sourceTls demands/;

type Source = PostgresSource | MariadbSource;

function captureOf(job: CaptureJob, tls: SourceTls): Capture {
  const open = job.family === "postgres" ? postgresCapture : mysqlCapture;
  return open(job, dependenciesOf(job, tls));
}

/** What is read of one row, under these settings. */
async function operations(source: Source, job: CaptureJob, tls: SourceTls): Promise<string[]> {
  const running = new RunningCapture(captureOf(job, tls));
  await running.prepare();
  running.read();
  await running.caughtUp(source);
  await source.sql(`INSERT INTO item (a) VALUES ('${job.jobId}')`);
  const changes = changesIn(await running.caughtUp(source));
  await running.stop();
  await running.capture.cleanUp(signal);
  return changes.map(({ operation }) => operation);
}

const failure = (job: CaptureJob, tls: SourceTls): Promise<string> =>
  captureOf(job, tls)
    .prepare(signal)
    .then(
      () => "none",
      (error: Error) => error.message,
    );

/** Of the precheck, under these settings. */
async function loginFault(job: CaptureJob, tls: SourceTls): Promise<string | undefined> {
  const { family, host, port, user, password, database } = job;
  let found: Fault | undefined;
  const configuration = { source: { userName: user, databaseName: database }, objects: "{}" };
  await (family === "postgres" ? checkPostgres : checkMysql)({
    target: { family, host, port, isConfigured: false },
    configuration: configuration as JobConfiguration,
    database,
    password,
    ...dependenciesOf(job, tls),
    item(name, _, fault) {
      if (name === "CHECK_CONN_SRC") found = fault;
      return fault === undefined;
    },
  });
  return found?.reason;
}

describe("a PostgreSQL that demands TLS", () => {
  const made = makeCertificates("postgres");
  let source: PostgresSource;
  beforeAll(async () => {
    const { certificateFile, keyFile } = made;
    source = await PostgresSource.start("shop", {
      ssl: "on",
      ssl_cert_file: certificateFile,
      ssl_key_file: keyFile,
    });
    await source.sql("CREATE TABLE item (id serial PRIMARY KEY, a text)");
    const { rows } = await source.sql("SHOW hba_file");
    writeFileSync(rows[0].hba_file, "hostssl all all 127.0.0.1/32 scram-sha-256\n");
    await source.sql("SELECT pg_reload_conf()");
  });
  afterAll(() => source?.stop());

  it("is read as it offers it, and with its certificate checked; not without", async () => {
    expect(await operations(source, source.job("prefer"), PREFER)).toEqual(WHOLE);
    for (const host of ["127.0.0.1", "localhost"]) {
      const job = source.job("verify", { host });
      expect(await operations(source, job, { mode: "verify", ca: made.ca })).toEqual(WHOLE);
    }
    expect(await failure(source.job("off"), OFF)).toMatch(/no pg_hba.conf entry .*no encryption/);
    expect(await loginFault(source.job("prefer"), PREFER)).toBeUndefined();
    expect(await loginFault(source.job("off"), OFF)).toMatch(/no encryption/);
  });

  it("is not logged in to when another authority has signed", async () => {
    const { ca } = makeCertificates("postgres");
    const foreign: SourceTls = { mode: "verify", ca };
    for (const tls of [foreign, VERIFY])
      expect(await failure(source.job("foreign"), tls)).toMatch(/could not connect: .*certificate/);
  });
});

describe("a MariaDB that demands TLS", () => {
  const made = makeCertificates("mysql");
  let source: MariadbSource;
  beforeAll(async () => {
    const { certificateFile, keyFile, caFile } = made;
    source = await MariadbSource.start({ ssl_cert: certificateFile, ssl_key: keyFile, ssl_ca: caFile });
    await source.sql(
      "CREATE TABLE item (id int AUTO_INCREMENT PRIMARY KEY, a text)",
      "SET GLOBAL require_secure_transport = ON",
    );
  });
  afterAll(() => source?.stop());

  it("is read as it offers it, and with its certificate checked; not without", async () => {
    const verify: SourceTls = { mode: "verify", ca: made.ca };
    const named = source.job("verify", { host: "localhost" });
    expect(await operations(source, source.job("prefer"), PREFER)).toEqual(WHOLE);
    expect(await operations(source, named, verify)).toEqual(WHOLE);
    expect(await failure(source.job("off"), OFF)).toMatch(/could not log in/);
    expect(await failure(source.job("address"), verify)).toMatch(/name the source by its host name/);
    expect(await failure(named, VERIFY)).toMatch(/certificate/);
    expect(await loginFault(named, verify)).toBeUndefined();
    expect(await loginFault(named, VERIFY)).toMatch(/certificate/);
  });
});

describe("a source without TLS", () => {
  it.each([
    ["PostgreSQL", () => PostgresSource.start()],
    ["MariaDB", () => MariadbSource.start({ skip_ssl: "1" })],
  ])("of %s is read without it, unless the settings demand it", async (_, start) => {
    const source: Source = await start();
    try {
      await source.sql("CREATE TABLE item (id int PRIMARY KEY DEFAULT 1, a text)");
      expect(await operations(source, source.job("plain"), PREFER)).toEqual(WHOLE);
      const demanded = source.job("demanded", { host: "localhost" });
      expect(await failure(demanded, VERIFY)).toMatch(DEMANDED);
    } finally {
      await source.stop();
    }
  });
});
