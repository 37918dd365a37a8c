/** Mixes the bits of 32 (the finaliser of "lowbias32" by Chris Wellons): near inputs give far outputs. */
const mix = (bits: number): number => {
  let mixed = bits | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

const golden = 0x9e3779b9;

/**
 * Random draws that a seed repeats: those of a thing's own `index` and of the `purpose` that they serve, so that no draw
 * depends on how many were made before for something else. Not for secrets.
 */
export class Random {
  #state: number;

  constructor(seed: number, index: number, purpose: number) {
    this.#state = mix(mix(mix(Math.imul(seed, golden)) + Math.imul(index, golden)) + Math.imul(purpose, golden));
  }

  #bits(): number {
    this.#state = (this.#state + golden) | 0;
    return mix(this.#state);
  }

  /** At least 0, less than 1. */
  next(): number {
    return this.#bits() / 0x1_0000_0000;
  }

  /** A whole number from 0 to `count` - 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** Whether a thing of this probability (0 to 1) happens. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    let digits = "";
    while (digits.length < length) digits += (this.#bits() + 0x1_0000_0000).toString(16).slice(1);
    return digits.slice(0, length);
  }
}

/** Deals the numbers below 10^9 out in an order that looks like chance, each once, and knows the way back. */
export type Permutation = { of(index: number): number; indexOf(value: number): number };

const size = 1_000_000_000;
const permutationDraw = 2;

export const createPermutation = (seed: number): Permutation => {
  const random = new Random(seed, 0, permutationDraw);
  // Without a factor of 2 or 5 a multiplier has an inverse modulo 10^9.
  const high = 2000 + random.below(7000);
  const low = random.below(10_000) * 10 + random.pick([1, 3, 7, 9]);
  const shift = random.below(size);
  const inverse = inverseOf(BigInt(high) * 100_000n + BigInt(low), BigInt(size));
  return {
    // In two steps, because the whole product would not fit into the 53 exact bits of a number.
    of: (index) => (((high * index) % size) * 100_000 + low * index + shift) % size,
    indexOf: (value) => Number((BigInt(value - shift + size) * inverse) % BigInt(size)),
  };
};

/** Euclid's extended algorithm. */
const inverseOf = (value: bigint, modulus: bigint): bigint => {
  let [rest, next] = [modulus, value % modulus];
  let [coefficient, nextCoefficient] = [0n, 1n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [coefficient, nextCoefficient] = [nextCoefficient, coefficient - quotient * nextCoefficient];
  }
  return (coefficient + modulus) % modulus;
};
