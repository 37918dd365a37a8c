/** Who waits: a person or a till (`interactive`), or a sync (`background`). */
export type Lane = "interactive" | "background";

/** While both lanes wait, every fifth turn goes to the background: people first, but a sync still moves. */
const turnsPerBackgroundTurn = 5;

/**
 * First come, first served, in two lanes. Arrays and not Sets: a Set that objects pass through all the time keeps dead ones
 * alive (V8 chains its outgrown tables), which cost more than all the rest of a call: see `Link`.
 */
export class WaitingLine<Waiter> {
  readonly #lanes: Record<Lane, Waiter[]> = { interactive: [], background: [] };
  #turns = 0;

  get length(): number {
    return this.#lanes.interactive.length + this.#lanes.background.length;
  }

  join(lane: Lane, waiter: Waiter): void {
    this.#lanes[lane].push(waiter);
  }

  leave(waiter: Waiter): void {
    for (const lane of Object.values(this.#lanes)) {
      const place = lane.indexOf(waiter);
      if (place >= 0) lane.splice(place, 1);
    }
  }

  /** Takes whoever is next out of the line; undefined when nobody waits. */
  next(): Waiter | undefined {
    const { interactive, background } = this.#lanes;
    if (background.length === 0) return interactive.shift();
    if (interactive.length > 0 && ++this.#turns < turnsPerBackgroundTurn) return interactive.shift();
    this.#turns = 0;
    return background.shift();
  }

  /** Everybody who waits; people first. */
  all(): Waiter[] {
    return [...this.#lanes.interactive, ...this.#lanes.background];
  }
}
