import { Random } from "../sandbox/index.ts";

export type SandboxBalance = { readonly amount: number; readonly currency: "points" | "rubles" };

/** What clients may spend, in hundredths; made when asked for, only changes are kept. */
export type Wallets = {
  balances(clientId: number): SandboxBalance[];
  /** Adds (or with a negative amount takes) hundredths. */
  add(clientId: number, currency: SandboxBalance["currency"], hundredths: number): void;
  hundredths(clientId: number, currency: SandboxBalance["currency"]): number;
  reset(): void;
};

const draw = 11;

type Wallet = { points: number; rubles: number };

export const createWallets = (seed: number): Wallets => {
  const changed = new Map<number, Wallet>();
  const walletOf = (clientId: number): Wallet => {
    const kept = changed.get(clientId);
    if (kept !== undefined) return kept;
    const random = new Random(seed, clientId, draw);
    return {
      points: random.chance(0.15) ? 0 : random.below(5000) * 100 + (random.chance(0.3) ? random.below(100) : 0),
      rubles: random.chance(0.7) ? 0 : random.below(500_000),
    };
  };
  return {
    balances(clientId) {
      const { points, rubles } = walletOf(clientId);
      return [
        { amount: points / 100, currency: "points" },
        { amount: rubles / 100, currency: "rubles" },
      ];
    },
    add(clientId, currency, hundredths) {
      const wallet = { ...walletOf(clientId) };
      wallet[currency] += hundredths;
      changed.set(clientId, wallet);
    },
    hundredths: (clientId, currency) => walletOf(clientId)[currency],
    reset: () => changed.clear(),
  };
};
