import type { Text } from "../contract/index.ts";

const why: Record<string, Text> = {
  ECONNREFUSED: {
    en: "nothing listens at that address and port",
    ru: "по этому адресу и порту никто не отвечает",
  },
  ENOTFOUND: { en: "there is no host of that name", ru: "узла с таким именем нет" },
  EAI_AGAIN: { en: "the name could not be looked up", ru: "не удалось найти адрес по имени" },
  ETIMEDOUT: { en: "it does not answer", ru: "он не отвечает" },
  UND_ERR_CONNECT_TIMEOUT: { en: "it does not answer", ru: "он не отвечает" },
  EHOSTUNREACH: { en: "there is no way to it from here", ru: "отсюда до него нет пути" },
  ENETUNREACH: { en: "there is no way to it from here", ru: "отсюда до него нет пути" },
};

/** What people are told when a call fails, beyond the sentence of the error's code. `host`: "lk.example.com". */
export const texts = {
  noConnection: (host: string, code: string | undefined): Text => {
    const reason = why[code ?? ""];
    return {
      en: `No connection to ${host} could be made${reason ? `: ${reason.en}` : ""}. Check the address.`,
      ru: `Не удалось соединиться с ${host}${reason ? `: ${reason.ru}` : ""}. Проверьте адрес.`,
    };
  },
  tls: (host: string): Text => ({
    en: `No secure connection to ${host} could be made: its certificate is not valid for it, or it does not speak HTTPS.`,
    ru: `Не удалось установить защищённое соединение с ${host}: его сертификат недействителен или он не поддерживает HTTPS.`,
  }),
  unsendable: {
    en: "The credentials hold characters that cannot be sent. Enter them again.",
    ru: "Учётные данные содержат символы, которые нельзя передать. Введите их заново.",
  },
  cut: (host: string): Text => ({
    en: `${host} closed the connection without an answer. Try again later.`,
    ru: `${host} закрыл соединение, не ответив. Повторите попытку позже.`,
  }),
  half: (host: string): Text => ({
    en: `${host} broke off in the middle of its answer. Try again later.`,
    ru: `${host} прервал ответ на середине. Повторите попытку позже.`,
  }),
  tooBig: (host: string): Text => ({
    en: `${host} sent a bigger answer than can be taken.`,
    ru: `${host} прислал слишком большой ответ.`,
  }),
  silent: (host: string): Text => ({
    en: `${host} took the request and did not answer in time. Try again later.`,
    ru: `${host} принял запрос и не ответил вовремя. Повторите попытку позже.`,
  }),
  lost: (host: string): Text => ({
    en: `The request was sent to ${host} and its answer was lost: it may have taken effect. Check there before sending it again.`,
    ru: `Запрос отправлен в ${host}, но ответ не получен: операция могла выполниться. Проверьте там, прежде чем повторять.`,
  }),
  failedWrite: (host: string, status: number): Text => ({
    en: `${host} answered ${status}, which does not say whether the request took effect. Check there before sending it again.`,
    ru: `${host} ответил ${status}: выполнилась ли операция, неизвестно. Проверьте там, прежде чем повторять.`,
  }),
  redirect: (host: string, place: string | null): Text => ({
    en: `${host} sends us elsewhere${place === null ? "" : ` (to ${place})`}, which is not followed. Enter the final address.`,
    ru: `${host} перенаправляет${place === null ? "" : ` (на ${place})`}, а это не поддерживается. Укажите конечный адрес.`,
  }),
  blocked: (host: string): Text => ({
    en: `${host} answered 403 with a web page: probably a firewall there blocks this server. Ask the vendor to let it in.`,
    ru: `${host} ответил 403 веб-страницей: вероятно, этот сервер блокирует их защита. Попросите поставщика открыть доступ.`,
  }),
  page: (host: string, status: number): Text => ({
    en: `${host} answered with an HTML page instead of JSON (status ${status}); is the address right?`,
    ru: `${host} ответил HTML-страницей вместо JSON (статус ${status}); верен ли адрес?`,
  }),
  empty: (host: string): Text => ({
    en: `${host} answered with nothing where JSON was expected.`,
    ru: `${host} прислал пустой ответ вместо JSON.`,
  }),
  notJson: (host: string): Text => ({
    en: `${host} answered with something that is not valid JSON; is the address right?`,
    ru: `${host} прислал ответ, который не является корректным JSON; верен ли адрес?`,
  }),
  unexpected: (host: string, where: string | null): Text => ({
    en: `${host} answered with other data than its documentation says${where === null ? "" : ` (${where})`}.`,
    ru: `${host} прислал не те данные, что указаны в его документации${where === null ? "" : ` (${where})`}.`,
  }),
  ownLimit: {
    en: "As many calls to the system are waiting as its limit lets through in time. Try again after `retryAt`.",
    ru: "К системе уже ждёт столько запросов, сколько успеет пройти в пределах её лимита. Повторите после `retryAt`.",
  },
  stopping: {
    en: "This server is stopping. Try again in a moment.",
    ru: "Этот сервер останавливается. Повторите через минуту.",
  },
};
