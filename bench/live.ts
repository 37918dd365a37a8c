import { createClient } from "../src/demo/client.ts";
import { cpuMs, load, median, start, type Ask, type Load } from "./measure.ts";
import { connectSandbox, startGateway, waitForSync } from "./gateway.ts";

/**
 * 20 guests with balances and coupons in one query, read live from the sandbox: the gateway beside `reference.ts`, which makes
 * the same calls by hand. Pages come in random order out of so many that the gateway's cache of two seconds hardly ever helps;
 * how many upstream calls a query really made is counted at the sandbox. Rounds alternate, ratios are taken round by round.
 */
const guests = Number(process.env["BENCH_GUESTS"] ?? 100_000);
const rounds = Number(process.env["BENCH_ROUNDS"] ?? 5);
const seconds = Number(process.env["BENCH_SECONDS"] ?? 5);
const connections = 32;
const pageOf = 20;

const query = `query Page($after: String) {
  guests(first: ${pageOf}, after: $after) {
    edges { node { id profiles { externalId }
      balances { name available { ... on Money { amount currency } ... on Points { amount } } }
      coupons { id header shortDescription expiresAt } } }
  }
}`;

const main = async (): Promise<void> => {
  const sandbox = await start(
    "src/providers/i-bonus/sandbox.ts",
    ["--guests", String(guests)],
    {},
    /address\s+(\S+)[^]*login\s+(\S+)[^]*password\s+(\S+)/,
  );
  const [, baseUrl = "", login = "", password = ""] = sandbox.ready;
  const gateway = await startGateway();
  const reference = await start(
    "bench/reference.ts",
    [],
    { SANDBOX_URL: baseUrl, SANDBOX_LOGIN: `${login}:${password}`, CONNECTIONS: String(connections) },
    /ready on (\S+)/,
  );
  try {
    const client = createClient(gateway.url, gateway.key);
    const runId = await connectSandbox(client, { baseUrl, login, password }, { requestsPerSecond: 1_000_000 });
    await waitForSync(client, runId);

    type Page = {
      guests: { edges: { node: { profiles: { externalId: string }[] } }[]; pageInfo: { endCursor: string } };
    };
    const pages: { after: string | null; ids: string[] }[] = [];
    let after: string | null = null;
    for (let read = 0; read < Math.min(guests / pageOf, 4000); read += 1) {
      const page: Page = await client.ask<Page>(
        `query ($after: String) { guests(first: ${pageOf}, after: $after) { edges { node { profiles { externalId } } } pageInfo { endCursor } } }`,
        { after },
      );
      pages.push({ after, ids: page.guests.edges.map(({ node }) => node.profiles[0]?.externalId ?? "") });
      after = page.guests.pageInfo.endCursor;
    }
    await client.close();

    const random = (): { after: string | null; ids: string[] } =>
      pages[Math.floor(Math.random() * pages.length)] ?? { after: null, ids: [] };
    const headers = { "content-type": "application/json", authorization: `Bearer ${gateway.key}` };
    const askGateway = (): Ask => ({
      url: gateway.url,
      headers,
      body: JSON.stringify({ query, variables: { after: random().after } }),
    });
    const askReference = (): Ask => ({ url: `${reference.ready[1]}?ids=${random().ids.join(",")}` });
    const calls = async (): Promise<number> => {
      const response = await fetch(`${baseUrl}__sandbox/requests`);
      const { routes } = (await response.json()) as { routes: Record<string, number> };
      return Object.values(routes).reduce((sum, count) => sum + count, 0);
    };
    const side = async (ask: () => Ask, atOnce: number, pid: number, wrong: (body: string) => boolean) => {
      const before = { calls: await calls(), cpu: await cpuMs(pid) };
      const figures = await load(ask, { atOnce, seconds, wrong });
      const answers = figures.perSecond * seconds;
      return {
        ...figures,
        calls: ((await calls()) - before.calls) / answers,
        cpuMs: ((await cpuMs(pid)) - before.cpu) / answers,
      };
    };
    const wrongAtGateway = (body: string): boolean => body.includes('"errors"') || !body.includes('"coupons"');
    const both = async (atOnce: number) => {
      const mine = await side(askGateway, atOnce, gateway.pid, wrongAtGateway);
      const bare = await side(askReference, atOnce, reference.process.pid ?? 0, () => false);
      return { mine, bare };
    };

    await both(8);
    for (const atOnce of [1, 32]) {
      const results: {
        mine: Load & { calls: number; cpuMs: number };
        bare: Load & { calls: number; cpuMs: number };
      }[] = [];
      for (let round = 0; round < rounds; round += 1) results.push(await both(atOnce));
      const of = (pick: (result: (typeof results)[number]) => number): number => median(results.map(pick));
      const failed = results.reduce((sum, { mine }) => sum + mine.failed, 0);
      process.stdout.write(
        `${atOnce} at once: queries/s ${of(({ mine }) => mine.perSecond).toFixed(0)} beside ${of(({ bare }) => bare.perSecond).toFixed(0)}, ` +
          `ratio ${of(({ mine, bare }) => mine.perSecond / bare.perSecond).toFixed(2)}; ` +
          `p50 ratio ${of(({ mine, bare }) => mine.p50Ms / bare.p50Ms).toFixed(2)}, p99 ratio ${of(({ mine, bare }) => mine.p99Ms / bare.p99Ms).toFixed(2)}; ` +
          `CPU per query ratio ${of(({ mine, bare }) => mine.cpuMs / bare.cpuMs).toFixed(2)}; ` +
          `upstream calls a query ${of(({ mine }) => mine.calls).toFixed(1)} and ${of(({ bare }) => bare.calls).toFixed(1)}; failed ${failed}\n`,
      );
    }
  } finally {
    await reference.stop();
    await gateway.stop();
    await sandbox.stop();
  }
};

await main();
process.exit();
