import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { GatewayError } from "../errors.ts";
import { asGraphQLError } from "../schema/errors.ts";

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
    if (error.extensions["code"] !== undefined || originalError == null || originalError instanceof GraphQLError) {
      return error;
    }
    const place = { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
    if (originalError instanceof GatewayError) {
      const { message, extensions } = asGraphQLError(originalError, "en");
      return new GraphQLError(message, { ...place, extensions });
    }
    log.error({ err: originalError, path }, "A resolver failed.");
    return new GraphQLError("Something went wrong on our side; it has been logged.", {
      ...place,
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    });
  };
