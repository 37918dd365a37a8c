import type { Pool } from "undici";
import type { GatewayError } from "../errors.ts";
import { readJson } from "./body.ts";
import type { Budget } from "./budget.ts";
import { Exchange, isFailure, type Answer, type Failure } from "./exchange.ts";
import {
  failureOfStatus,
  failureWithoutAnswer,
  timedOut,
  unreadable,
  type Asked,
  type Failed,
  type Stage,
} from "./failures.ts";
import type { Member } from "./member.ts";
import { pauseBeforeRetry } from "./retry.ts";
import type { Slots } from "./slots.ts";
import type { Lane } from "./waiting-line.ts";

/** A request as it goes out, and what its failures are told from. */
export type Prepared = Asked & {
  readonly method: string;
  readonly origin: string;
  readonly path: string;
  readonly pool: Pool;
  /** Name, value, name, value. */
  readonly headerList: string[];
  readonly body: string | null;
  readonly expects: "json" | "none";
  readonly lane: Lane;
  /** By which others find a read that is under way; writes have none. */
  readonly key: string | undefined;
};

/** What a call needs of its integration, and tells it. */
export type CallHost = {
  readonly slots: Slots;
  readonly budget: Budget;
  readonly maxBodyBytes: number;
  readonly pauseMs: number | undefined;
  onSend(): void;
  onFailedTry(call: Call, failed: Failed, tries: number): void;
  /** Nobody waits for it any more. */
  onAbandoned(call: Call): void;
  /** It is over. */
  onEnd(call: Call): void;
};

/** Thrown inside a call that was cancelled. Nobody waits for it, so nobody sees it. */
const cancelled = new Error("Nobody waits for this call any more.");

/** One call with all its tries, for as many as wait for it. */
export class Call {
  readonly prepared: Prepared;
  /** Epoch ms until which somebody waits. */
  deadline = 0;
  readonly #host: CallHost;
  #members: Member[] = [];
  #exchange: Exchange | undefined;
  #stage: Stage = "slot";
  #isCancelled = false;
  #resumeWithSlot: (() => void) | undefined;
  #onCancel: (() => void) | undefined;
  #lastFailure: GatewayError | undefined;
  #body: unknown;

  constructor(prepared: Prepared, host: CallHost) {
    this.prepared = prepared;
    this.#host = host;
  }

  /** One more waits for it. */
  join(member: Member, deadline: number): void {
    this.#members.push(member);
    this.deadline = Math.max(this.deadline, deadline);
  }

  /** One less. When there is none, the call stops wherever it is: in a line, on the wire or between two tries. */
  leave(member: Member): void {
    this.#members = this.#members.filter((other) => other !== member);
    if (this.#members.length > 0 || this.#isCancelled) return;
    this.#isCancelled = true;
    this.#host.onAbandoned(this);
    this.#onCancel?.();
    this.#exchange?.cancel();
  }

  /** Whether the system may have read the try that is under way. */
  get isSent(): boolean {
    return this.#stage === "connection" && this.#exchange?.isSent === true;
  }

  /** What somebody gets whose time is up. After a failed try its reason tells more than "too late". */
  timeoutError(): GatewayError {
    if (this.isSent) return timedOut(this.prepared, "answer");
    return this.#lastFailure ?? timedOut(this.prepared, this.#stage);
  }

  /** Makes the call, and gives everybody who waits its parsed body (undefined where none is expected) or its last failure. */
  async run(): Promise<void> {
    let tell: (member: Member) => void;
    try {
      const body = await this.#untilAnswered();
      tell = (member) => member.answer(body);
    } catch (error) {
      tell = (member) => member.fail(error);
    }
    // First, so that nobody joins it any more.
    this.#host.onEnd(this);
    this.#members.forEach(tell);
  }

  async #untilAnswered(): Promise<unknown> {
    const { slots, pauseMs } = this.#host;
    const { lane } = this.prepared;
    for (let tries = 1; ; tries++) {
      this.#stage = "slot";
      if (!slots.take(lane, this)) await this.#waitForSlot();
      let outcome: Answer | Failure;
      try {
        // The token comes after the slot: it is for now, and a slot may be long in coming.
        if (!this.#host.budget.take()) await this.#waitForToken();
        if (this.#isCancelled) throw cancelled;
        outcome = await this.#send();
      } finally {
        slots.release();
      }
      if (this.#isCancelled) throw cancelled;
      const failed = this.#failureOf(outcome);
      if (failed === null) return this.#body;
      this.#lastFailure = failed.error;
      this.#host.onFailedTry(this, failed, tries);
      const pause = failed.again ? pauseBeforeRetry(tries, failed.retryAfter, this.deadline, pauseMs) : null;
      if (pause === null) throw failed.error;
      await this.#wait("pause", (onTurn) => {
        const timer = setTimeout(onTurn, pause);
        return () => clearTimeout(timer);
      });
    }
  }

  #failureOf(outcome: Answer | Failure): Failed | null {
    const { prepared } = this;
    if (isFailure(outcome)) return failureWithoutAnswer(prepared, outcome);
    if (outcome.status >= 300) return failureOfStatus(prepared, outcome);
    if (prepared.expects === "none") return null;
    this.#body = readJson(outcome.body);
    return this.#body === undefined ? { error: unreadable(prepared, outcome), again: false } : null;
  }

  #send(): Promise<Answer | Failure> {
    const { pool, method, path, headerList, body } = this.prepared;
    this.#stage = "connection";
    this.#host.onSend();
    return new Promise((resolve) => {
      const exchange = new Exchange(this.#host.maxBodyBytes, resolve);
      this.#exchange = exchange;
      pool.dispatch({ method, path, headers: headerList, body }, exchange);
    });
  }

  #waitForSlot(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#resumeWithSlot = resolve;
      this.#onCancel = () => {
        this.#host.slots.leave(this);
        reject(cancelled);
      };
    });
  }

  /** `Slots` calls this when a slot was given to it. */
  onSlot(): void {
    this.#resumeWithSlot?.();
  }

  #waitForToken(): Promise<void> {
    const { budget } = this.#host;
    return this.#wait("budget", (onTurn, onTooLate) =>
      budget.wait(this.prepared.lane, this.deadline, onTurn, onTooLate),
    );
  }

  #wait(stage: Stage, join: (onTurn: () => void, onTooLate: (error: Error) => void) => () => void): Promise<void> {
    this.#stage = stage;
    return new Promise((resolve, reject) => {
      const leave = join(resolve, reject);
      this.#onCancel = () => {
        leave();
        reject(cancelled);
      };
    });
  }
}
