import pg from "pg";

/** Something is wrong with the database or the way to it; the message tells a person what to do and holds no password. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

/** Whether the text is a connection string of PostgreSQL. */
export const isDatabaseUrl = (text: string): boolean => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);

/** "db.example.com:5432/guests": where a connection string leads, without its user and password. */
export const describeServer = (url: string): string => {
  if (!isDatabaseUrl(url)) return "an address that is not postgresql://user:password@host:5432/database";
  const { host, port, database } = new pg.Client(url);
  return `${host}:${port}/${database ?? ""}`;
};

/** What each reason means and what to do, by SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html) or system error. */
const reasons: Record<string, string> = {
  ECONNREFUSED: "nothing listens there. Is the server running, and are host and port right?",
  ENOTFOUND: "the host's name is not known. Is it spelt right?",
  EAI_AGAIN: "the host's name could not be looked up. Is the network up?",
  POOL: "all connections of this process (DATABASE_POOL) were busy for too long.",
  ETIMEDOUT: "it did not answer in time. Is a firewall in between?",
  EHOSTUNREACH: "there is no way to the host. Is a firewall in between?",
  ECONNRESET: "it closed the connection. Does it expect TLS (add ?sslmode=require)?",
  "28P01": "it refused the user or the password.",
  "28000": "it does not let this user in from here (see its pg_hba.conf), or wants TLS (add ?sslmode=require).",
  "3D000": "there is no such database. Create it first (CREATE DATABASE).",
  "53300": "it has no connection left. Lower DATABASE_POOL or raise the server's max_connections.",
  "57P03": "it is still starting or shutting down. Try again in a moment.",
};

const codesOf = (error: unknown): string[] => {
  if (error instanceof AggregateError) return error.errors.flatMap(codesOf);
  if (!(error instanceof Error)) return [];
  const code = "code" in error && typeof error.code === "string" ? [error.code] : [];
  // The pool's own words for a wait in its queue.
  if (error.message === "timeout exceeded when trying to connect") return ["POOL"];
  return /timeout/i.test(error.message) ? [...code, "ETIMEDOUT"] : code;
};

/** The error of a failed connection in words that help: where to (never the password), why, and what to do. */
export const connectionError = (error: unknown, url: string): DatabaseError => {
  const code = codesOf(error).find((each) => each in reasons);
  const reason = code === undefined ? (error instanceof Error ? error.message : String(error)) : reasons[code];
  return new DatabaseError(`No connection to PostgreSQL at ${describeServer(url)}: ${reason}`, { cause: error });
};
