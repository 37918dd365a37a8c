import { pino, type Logger } from "pino";

/**
 * Structured logs on standard output, one JSON object a line. Keys and headers that could carry a secret are cut out, should
 * an object that holds them ever be logged.
 */
export const createLog = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ["authorization", "*.authorization", "*.password", "*.apiKey", "*.token", "*.credentials", "*.headers"],
      censor: "[hidden]",
    },
  });
