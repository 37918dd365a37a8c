import { GraphQLError } from "graphql";
import type { Language } from "../contract/text.ts";
import { asGatewayError, errorCodes, errorKinds, GatewayError, textIn, type ErrorCode } from "../errors.ts";
import { builder } from "./builder.ts";

/** A GatewayError on its way to a client as data: the errors plugin tells the types apart by these classes. */
class TypedError extends Error {
  readonly error: GatewayError;
  readonly language: Language;

  constructor(error: GatewayError, language: Language) {
    super(textIn(error, language), { cause: error });
    this.error = error;
    this.language = language;
  }
}
export class InputError extends TypedError {}
export class NotFoundError extends TypedError {}
export class ConflictError extends TypedError {}
export class IntegrationError extends TypedError {}

const conflicts: readonly ErrorCode[] = [
  "CONFLICT",
  "IDEMPOTENCY_KEY_REUSED",
  "ACCOUNT_MISMATCH",
  "INTEGRATION_DISABLED",
  "NOT_SUPPORTED",
];

const classOf = (code: ErrorCode): typeof TypedError => {
  if (code === "BAD_INPUT") return InputError;
  if (code === "NOT_FOUND" || code === "INTEGRATION_NOT_FOUND") return NotFoundError;
  return conflicts.includes(code) ? ConflictError : IntegrationError;
};

/** The errors that a mutation on a connected system may answer with. */
export const mutationErrors = { types: [InputError, NotFoundError, ConflictError, IntegrationError] };

/** Runs a mutation; what a client can act on becomes data, the rest stays an error. */
export const typed = async <Result>(language: Language, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw asTyped(error, language);
  }
};

/** The error as one of the types of the graph. */
export const asTyped = (error: GatewayError, language: Language): TypedError =>
  new (classOf(error.code))(error, language);

/** The same error as a GraphQL error at a field's path, coded; for reads. */
export const asGraphQLError = (thrown: unknown, language: Language): GraphQLError => {
  if (thrown instanceof GraphQLError) return thrown;
  const error = asGatewayError(thrown);
  const { retryAt, providerMessage, providerStatus, providerRequestId } = error.details;
  return new GraphQLError(textIn(error, language), {
    originalError: error,
    extensions: {
      code: error.code,
      remedy: errorKinds[error.code].remedy[language],
      ...(retryAt === undefined ? {} : { retryAt: retryAt.toISOString() }),
      ...(providerMessage === undefined ? {} : { providerMessage }),
      ...(providerStatus === undefined ? {} : { providerStatus }),
      ...(providerRequestId === undefined ? {} : { providerRequestId }),
    },
  });
};

export const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description: "What went wrong, for programs.",
  values: Object.fromEntries(errorCodes.map((code) => [code, { description: errorKinds[code].message.en }])) as Record<
    ErrorCode,
    { description: string }
  >,
});

const ErrorInterface = builder.interfaceRef<TypedError>("Error").implement({
  description: "Something that a client can act on.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, resolve: ({ error }) => error.code }),
    message: t.string({
      description: "What was wrong, for people, in the language of the request's Accept-Language (en or ru).",
      resolve: ({ message }) => message,
    }),
    remedy: t.string({
      description: "What to do about it.",
      resolve: ({ error, language }) => errorKinds[error.code].remedy[language],
    }),
  }),
});

const FieldProblem = builder.objectRef<{ path: string[]; message: string }>("FieldProblem").implement({
  description: "One wrong input.",
  fields: (t) => ({
    path: t.exposeStringList("path", { description: 'Where in the input: ["credentials", "iBonus", "login"].' }),
    message: t.exposeString("message"),
  }),
});

builder.objectType(InputError, {
  name: "InputError",
  description: "The input cannot be taken as it is; nothing was stored or sent.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    fields: t.field({
      type: [FieldProblem],
      resolve: ({ error, language }) =>
        (error.details.fields ?? []).map(({ path, message }) => ({ path: [...path], message: message[language] })),
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: "NotFoundError",
  description: "There is no such thing in this account.",
  interfaces: [ErrorInterface],
});

builder.objectType(ConflictError, {
  name: "ConflictError",
  description: "It does not fit the present state.",
  interfaces: [ErrorInterface],
});

builder.objectType(IntegrationError, {
  name: "IntegrationError",
  description: "The connected system could not be reached, or did not do it.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    retryAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "When trying again makes sense.",
      resolve: ({ error }) => error.details.retryAt ?? null,
    }),
    providerMessage: t.string({
      nullable: true,
      description: "The system's own words.",
      resolve: ({ error }) => error.details.providerMessage ?? null,
    }),
    providerStatus: t.int({
      nullable: true,
      description: "The HTTP status of its answer.",
      resolve: ({ error }) => error.details.providerStatus ?? null,
    }),
    providerRequestId: t.string({
      nullable: true,
      description: "Its id of the request: what its support asks for.",
      resolve: ({ error }) => error.details.providerRequestId ?? null,
    }),
  }),
});
