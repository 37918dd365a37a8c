import type { UpstreamRequest } from "../contract/index.ts";
import type { Call } from "./call.ts";
import { abandonedWrite, unexpected } from "./failures.ts";

/**
 * One who waits for a call, with a time and a signal of its own. An object and not
 * closures: that is a tenth of our overhead.
 */
export class Member<Result = unknown> {
  readonly #call: Call;
  readonly #request: Pick<UpstreamRequest<Result>, "signal" | "parse">;
  readonly #resolve: (result: Result) => void;
  readonly #reject: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;

  private constructor(
    call: Call,
    request: Pick<UpstreamRequest<Result>, "signal" | "parse">,
    timeoutMs: number,
    resolve: (result: Result) => void,
    reject: (error: unknown) => void,
  ) {
    this.#call = call;
    this.#request = request;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(timeIsUp, timeoutMs, this as Member);
    request.signal?.addEventListener("abort", this);
    call.join(this as Member, Date.now() + timeoutMs);
  }

  /** Waits for the call. @throws GatewayError of the call; the signal's reason when it is aborted. */
  static wait<Result>(
    call: Call,
    request: Pick<UpstreamRequest<Result>, "signal" | "parse">,
    timeoutMs: number,
  ): Promise<Result> {
    return new Promise((resolve, reject) => new Member(call, request, timeoutMs, resolve, reject));
  }

  /** The signal calls this when it is aborted. */
  handleEvent(): void {
    const { prepared, isSent } = this.#call;
    this.#leave(prepared.effect === "write" && isSent ? abandonedWrite(prepared) : this.#request.signal?.reason);
  }

  timeIsUp(): void {
    this.#leave(this.#call.timeoutError());
  }

  /** The JSON is shared with the others: nobody may change it, each gives it to a `parse` of its own. */
  answer(body: unknown): void {
    this.#stop();
    try {
      this.#resolve(this.#request.parse(body));
    } catch (thrown) {
      this.#reject(unexpected(this.#call.prepared, thrown));
    }
  }

  fail(error: unknown): void {
    this.#stop();
    this.#reject(error);
  }

  #leave(error: unknown): void {
    this.fail(error);
    this.#call.leave(this as Member);
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#request.signal?.removeEventListener("abort", this);
  }
}

const timeIsUp = (member: Member): void => member.timeIsUp();
