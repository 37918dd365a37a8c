import { PothosValidationError } from "@pothos/core";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { GatewayError } from "../errors.ts";
import { asGraphQLError } from "../schema/errors.ts";

/** The error behind it that clients must not see; null for coded errors, and for what is wrong with the document. */
const hidden = ({ extensions, originalError }: GraphQLError): Error | null =>
  extensions["code"] !== undefined ||
  originalError == null ||
  originalError instanceof GraphQLError ||
  originalError instanceof GatewayError
    ? null
    : originalError;

const logged = new WeakSet<Error>();

/** Logs an error that clients are not told of, once: by the request's own logger where the request is known. */
export const logHidden = (log: Logger, error: GraphQLError): void => {
  const cause = hidden(error);
  if (cause === null || logged.has(cause)) return;
  logged.add(cause);
  log.error({ err: cause, path: error.path }, "A resolver failed.");
};

/**
 * What a client is told of an error: coded errors and what is wrong with the document, as they are; of anything else only
 * that it happened, while the log has the whole of it.
 */
export const masker =
  (log: Logger) =>
  (thrown: unknown): GraphQLError => {
    const error =
      thrown instanceof GraphQLError
        ? thrown
        : new GraphQLError("", { originalError: thrown instanceof Error ? thrown : new Error(String(thrown)) });
    const { originalError, nodes, source, positions, path } = error;
    const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
    if (originalError instanceof GatewayError && error.extensions["code"] === undefined) {
      const { message, extensions } = asGraphQLError(originalError, "en");
      return new GraphQLError(message, { ...place, extensions });
    }
    // A global id of another type, a page of a negative size …
    if (originalError instanceof PothosValidationError && error.extensions["code"] === undefined) {
      return new GraphQLError(error.message, { ...place, extensions: { code: "BAD_INPUT" } });
    }
    if (hidden(error) === null) return error;
    logHidden(log, error);
    return new GraphQLError("Something went wrong on our side; it has been logged.", {
      ...place,
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
  };
