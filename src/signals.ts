/** npm passes a terminal's Ctrl-C on to a process that has had it already: repeats within this time (ms) are the same one. */
const sameMs = 1000;

/**
 * Waits for SIGINT (Ctrl-C), SIGTERM or SIGHUP (the terminal was closed). Call it first of all: a signal that comes early is kept.
 * Another one, a second or more later, ends the process at once.
 */
export const untilSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        resolve(signal);
      } else if (Date.now() - firstAt > sameMs) {
        process.exit(signal === "SIGINT" ? 130 : 143);
      }
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
    process.on("SIGHUP", onSignal);
  });
