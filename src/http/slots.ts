import { WaitingLine, type Lane } from "./waiting-line.ts";

/** One who waits for a slot. */
type Waiter = { onSlot(): void };

/** Keeps how many calls one integration may have under way in this process. */
export class Slots {
  /** May change at any time; calls that are under way finish. */
  limit: number;
  #taken = 0;
  readonly #line = new WaitingLine<Waiter>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Takes a slot if one is free; else puts the waiter in the line, to be called when one was given to it. */
  take(lane: Lane, waiter: Waiter): boolean {
    if (this.#taken >= this.limit) {
      this.#line.join(lane, waiter);
      return false;
    }
    this.#taken++;
    return true;
  }

  leave(waiter: Waiter): void {
    this.#line.leave(waiter);
  }

  /** Hands the slot to whoever waits, or frees it. */
  release(): void {
    const next = this.#taken > this.limit ? undefined : this.#line.next();
    if (next === undefined) this.#taken--;
    else next.onSlot();
  }
}
