import { isIP } from "node:net";
import { z } from "zod";

/** One setting: where it comes from, what it means, what it is when nothing is said. */
type Setting = { readonly schema: z.ZodType; readonly help: string; readonly shown: string };

const setting = <Schema extends z.ZodType>(schema: Schema, shown: string, help: string) => ({ schema, help, shown });

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);

const oneOf = <const Values extends readonly [string, ...string[]]>(values: Values) =>
  z.enum(values, { error: `must be one of: ${values.join(", ")}` });

/** "10.0.0.0/8, ::1": networks in CIDR notation, or single addresses. */
const networks = z.string().transform((text, context) => {
  const parts = text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  for (const part of parts) {
    const [address = "", bits, ...rest] = part.split("/");
    const family = isIP(address);
    const longest = family === 4 ? 32 : 128;
    const bitsAreFine = bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= longest);
    if (family === 0 || !bitsAreFine || rest.length > 0) {
      context.addIssue({ code: "custom", message: `"${part}" is not a network such as 10.0.0.0/8` });
    }
  }
  return parts;
});

const databaseUrl = z.string().refine((value) => /^postgres(ql)?:\/\//.test(value) && URL.canParse(value), {
  error: "must look like postgresql://user:password@host:5432/database",
});

const masterKey = z
  .string()
  .regex(/^[A-Za-z0-9+/_-]{43}=?$/, "must be 32 random bytes in base64 (make one with: openssl rand -base64 32)");

/** The settings, in the order in which `--help` and `.env.example` show them. */
const settings = {
  PORT: setting(whole(0, 65535).default(4000), "4000", "Port to listen on. 0 takes any free one."),
  HOST: setting(z.string().min(1).default("127.0.0.1"), "127.0.0.1", "Address to listen on. 0.0.0.0 for all."),
  DATABASE_URL: setting(
    databaseUrl.optional(),
    "",
    "A PostgreSQL server (15 or newer). Without it, an embedded one is started with its data in DATA_DIRECTORY.",
  ),
  DATA_DIRECTORY: setting(
    z.string().min(1).default(".guestgraph"),
    ".guestgraph",
    "Folder for the embedded database and the key files.",
  ),
  DATABASE_POOL: setting(whole(4, 200).default(16), "16", "Database connections that this process may hold."),
  GUESTGRAPH_ROLE: setting(
    oneOf(["all", "api", "worker"]).default("all"),
    "all",
    "What this process does: api answers queries, worker syncs.",
  ),
  MASTER_KEY: setting(
    masterKey.optional(),
    "",
    "32 random bytes in base64 that seal every stored credential. Without it a key file is made in DATA_DIRECTORY.",
  ),
  ALLOWED_NETWORKS: setting(
    networks.default([]),
    "",
    "Private networks that connected systems may live in, as 10.0.0.0/8,192.168.1.5. Else only public addresses.",
  ),
  UPSTREAM_TIMEOUT_MS: setting(
    whole(100, 600_000).default(15_000),
    "15000",
    "How long one call to a connected system may take, retries included, in milliseconds.",
  ),
  LOG_LEVEL: setting(
    oneOf(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    "info",
    "How much is logged.",
  ),
} satisfies Record<string, Setting>;

export type Config = { readonly [Name in keyof typeof settings]: z.output<(typeof settings)[Name]["schema"]> };

/** Something is wrong with the configuration; the message names every problem at once, one a line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Names that look like ours and are none: most likely a slip of the keyboard. */
const misspelt = (environment: NodeJS.ProcessEnv): string[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith("GUESTGRAPH_") && !(name in settings))
    .map((name) => `${name} is not a setting (see --help)`);

/**
 * Reads the configuration from the environment. An empty variable counts as not set.
 * @throws ConfigError with every problem in plain words.
 */
export const readConfig = (environment: NodeJS.ProcessEnv): Config => {
  const problems = misspelt(environment);
  const config: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(settings)) {
    const given = environment[name];
    const result = (schema as z.ZodType).safeParse(given === "" ? undefined : given);
    if (result.success) config[name] = result.data;
    else problems.push(...result.error.issues.map((issue) => `${name} ${issue.message}`));
  }
  if (problems.length > 0) throw new ConfigError(problems.join("\n"));
  return config as Config;
};

/** The settings as `--help` prints them. */
export const helpText = (): string =>
  Object.entries(settings)
    .map(([name, { help, shown }]) => `  ${name.padEnd(20)} ${help}${shown === "" ? "" : ` [${shown}]`}`)
    .join("\n");

/** The text of `.env.example`; a test keeps the file equal to it. */
export const exampleFile = (): string =>
  Object.entries(settings)
    .map(([name, { help, shown }]) => `# ${help}\n${shown === "" ? "# " : ""}${name}=${shown}\n`)
    .join("\n");
