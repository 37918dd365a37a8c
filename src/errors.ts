import type { Language, Text } from "./contract/text.ts";

/** What one code means: its HTTP status, whether trying again can help, and what to tell a person. */
type ErrorKind = {
  readonly status: number;
  /** Whether the same call may succeed later without anybody doing anything. */
  readonly retry: boolean;
  readonly message: Text;
  /** What to do about it. */
  readonly remedy: Text;
};

const kind = (status: number, retry: boolean, message: [string, string], remedy: [string, string]): ErrorKind => ({
  status,
  retry,
  message: { en: message[0], ru: message[1] },
  remedy: { en: remedy[0], ru: remedy[1] },
});

/** Every code that a client can meet. docs/errors.md is printed from this table. */
export const errorKinds = {
  // The caller
  UNAUTHENTICATED: kind(
    401,
    false,
    ["No valid API key was given.", "Не передан действующий ключ API."],
    ["Send the header `Authorization: Bearer <API key>`.", "Передайте заголовок `Authorization: Bearer <ключ API>`."],
  ),
  FORBIDDEN: kind(
    403,
    false,
    ["This key's role does not allow that.", "Роль этого ключа этого не позволяет."],
    ["Use a key with a higher role.", "Используйте ключ с более высокой ролью."],
  ),
  BAD_INPUT: kind(
    400,
    false,
    ["Something in the input is wrong.", "Во входных данных ошибка."],
    ["Correct the fields named in the error.", "Исправьте поля, названные в ошибке."],
  ),
  NOT_FOUND: kind(
    404,
    false,
    ["There is no such thing in this account.", "В этом аккаунте такого объекта нет."],
    ["Check the id.", "Проверьте идентификатор."],
  ),
  CONFLICT: kind(
    409,
    false,
    ["That does not fit the present state.", "Это не соответствует текущему состоянию."],
    ["Read the present state and decide again.", "Прочитайте текущее состояние и решите заново."],
  ),
  IDEMPOTENCY_KEY_REUSED: kind(
    422,
    false,
    [
      "This idempotency key was used with another input.",
      "Этот ключ идемпотентности уже использован с другими данными.",
    ],
    [
      "Use a new key for a new order, or repeat the first input.",
      "Для нового заказа возьмите новый ключ либо повторите исходные данные.",
    ],
  ),
  CURSOR_EXPIRED: kind(
    410,
    false,
    ["This cursor is too old: events are kept for 7 days.", "Курсор устарел: события хранятся 7 дней."],
    ["Subscribe again without a cursor.", "Подпишитесь заново без курсора."],
  ),
  // The connected system: the codes of the Integration API
  INVALID_CREDENTIALS: kind(
    400,
    false,
    ["The system refused the credentials.", "Система отклонила учётные данные."],
    ["Check the credentials and save them again.", "Проверьте учётные данные и сохраните их заново."],
  ),
  INTEGRATION_DISABLED: kind(
    403,
    false,
    ["This integration is paused.", "Эта интеграция приостановлена."],
    ["Resume the integration first.", "Сначала возобновите интеграцию."],
  ),
  INTEGRATION_NOT_FOUND: kind(
    404,
    false,
    ["There is no such integration in this account.", "В этом аккаунте нет такой интеграции."],
    ["Check the integration's id.", "Проверьте идентификатор интеграции."],
  ),
  CONNECTION_FAILED: kind(
    422,
    true,
    ["No connection to the system could be made.", "Не удалось установить соединение с системой."],
    [
      "Check the address, and that the system is reachable from this server.",
      "Проверьте адрес и доступность системы с этого сервера.",
    ],
  ),
  ADDRESS_REFUSED: kind(
    422,
    false,
    ["That address is not allowed.", "Этот адрес не разрешён."],
    [
      "Use a public address, or ask whoever runs Guestgraph to allow the network (ALLOWED_NETWORKS).",
      "Укажите публичный адрес или попросите администратора Guestgraph разрешить эту сеть (ALLOWED_NETWORKS).",
    ],
  ),
  RATE_LIMIT_EXCEEDED: kind(
    429,
    true,
    ["The system's request limit is reached.", "Достигнут лимит запросов к системе."],
    ["Try again after `retryAt`.", "Повторите попытку после `retryAt`."],
  ),
  EXTERNAL_SERVICE_ERROR: kind(
    502,
    true,
    ["The system answered with an error.", "Система ответила ошибкой."],
    [
      "Try again later; if it stays, show the provider's message to the vendor's support.",
      "Повторите позже; если не проходит, передайте сообщение системы в поддержку поставщика.",
    ],
  ),
  REJECTED_BY_SYSTEM: kind(
    422,
    false,
    ["The system refused the request.", "Система отклонила запрос."],
    ["Read the provider's message and correct the request.", "Прочитайте сообщение системы и исправьте запрос."],
  ),
  INTEGRATION_UNAVAILABLE: kind(
    503,
    true,
    ["The system is temporarily unavailable.", "Система временно недоступна."],
    ["Try again later.", "Повторите попытку позже."],
  ),
  INTEGRATION_TIMEOUT: kind(
    504,
    true,
    ["The system did not answer in time.", "Система не ответила вовремя."],
    ["Try again later.", "Повторите попытку позже."],
  ),
  NEEDS_RECONNECT: kind(
    400,
    false,
    ["The connection has lapsed.", "Подключение утратило силу."],
    ["Connect the system again.", "Подключите систему заново."],
  ),
  ACCOUNT_MISMATCH: kind(
    409,
    false,
    [
      "These credentials belong to another account of that system.",
      "Эти учётные данные принадлежат другому аккаунту системы.",
    ],
    ["Connect it as a new integration instead.", "Подключите её как новую интеграцию."],
  ),
  OUTCOME_UNKNOWN: kind(
    504,
    false,
    ["Whether the write took effect is not known.", "Неизвестно, выполнилась ли операция."],
    ["Do not send it again; check at the system, then settle it.", "Не отправляйте повторно; проверьте в системе."],
  ),
  NOT_SUPPORTED: kind(
    422,
    false,
    ["This system cannot do that.", "Эта система так не умеет."],
    ["See `capabilities` of the integration.", "См. `capabilities` интеграции."],
  ),
} satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof errorKinds;
export const errorCodes = Object.keys(errorKinds) as ErrorCode[];

/** What may come with an error. None of it is ever secret. */
export type ErrorDetails = {
  /** More than the code's own sentence, for people. */
  readonly message?: Text | undefined;
  /** When trying again makes sense. */
  readonly retryAt?: Date | undefined;
  /** The connected system's own words, HTTP status and request id. */
  readonly providerMessage?: string | undefined;
  readonly providerStatus?: number | undefined;
  readonly providerRequestId?: string | undefined;
  /** Which inputs are wrong. */
  readonly fields?: readonly FieldProblem[] | undefined;
  readonly cause?: unknown;
};

/** One wrong input: `path` as in the GraphQL input, ["iBonus", "login"]. */
export type FieldProblem = { readonly path: readonly string[]; readonly message: Text };

/** The one error that rooms throw at each other. `message` is English; `textIn` gives the reader's language. */
export class GatewayError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super((details.message ?? errorKinds[code].message).en, { cause: details.cause });
    this.name = "GatewayError";
    this.code = code;
    this.details = details;
  }
}

/** The sentence that says what went wrong. */
export const textIn = (error: GatewayError, language: Language): string =>
  (error.details.message ?? errorKinds[error.code].message)[language];

/** Whether the same call may succeed later by itself. */
export const mayRetry = (error: unknown): boolean => error instanceof GatewayError && errorKinds[error.code].retry;

/** Any thrown thing as a GatewayError; what is not one is an EXTERNAL_SERVICE_ERROR with the cause kept for the log. */
export const asGatewayError = (thrown: unknown): GatewayError =>
  thrown instanceof GatewayError ? thrown : new GatewayError("EXTERNAL_SERVICE_ERROR", { cause: thrown });
