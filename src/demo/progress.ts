import { Presets, SingleBar } from "cli-progress";

export type RunProgress = {
  readonly id: string;
  readonly status: string;
  readonly read: number;
  readonly waitReason: string | null;
  readonly errorMessage: string | null;
};

const ended = ["SUCCEEDED", "FAILED", "CANCELLED"];

/**
 * Shows a run as it moves: a bar in a terminal, a line now and then elsewhere. Returns when the run has ended.
 * @throws Error when it did not succeed.
 */
export const showProgress = async (
  runs: AsyncGenerator<RunProgress, void>,
  label: string,
  total: number,
): Promise<void> => {
  const bar = process.stdout.isTTY
    ? new SingleBar(
        { format: `${label} {bar} {value}/{total} guests {state}`, hideCursor: true },
        Presets.shades_classic,
      )
    : null;
  bar?.start(total, 0, { state: "" });
  try {
    for await (const run of runs) {
      const most = Math.max(total, run.read);
      bar?.setTotal(most);
      bar?.update(run.read, { state: run.waitReason ?? "" });
      if (bar === null) process.stdout.write(`${label} ${run.status.toLowerCase()}: ${run.read} of ${most} guests\n`);
      if (!ended.includes(run.status)) continue;
      if (run.status !== "SUCCEEDED") throw new Error(`The sync ended as ${run.status}: ${run.errorMessage ?? ""}`);
      return;
    }
  } finally {
    bar?.stop();
  }
};
