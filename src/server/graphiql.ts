/** The documents that GraphiQL opens with: the first query, a live sync, a connection, an order. */
const examples: readonly string[] = [
  `# Guests with what they may spend, live from every system that knows them.
query Guests {
  guests(first: 5) {
    edges {
      node {
        name
        phone
        balances {
          name
          available {
            __typename
            ... on Money { amount currency }
            ... on Points { amount }
          }
        }
        coupons { header expiresAt }
      }
    }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  `# What is connected, and how it is.
query Integrations {
  integrations(first: 20) {
    edges {
      node {
        id
        name
        provider { name }
        status
        error { code message }
        capabilities
        lastSyncAt
        nextSyncAt
        currentSync { status read expected }
      }
    }
  }
}
`,
  `# The state now, then every change. Start a sync in another tab: syncIntegration(id: …).
subscription Progress {
  syncProgress {
    cursor
    run {
      status
      stage
      read
      expected
      created
      updated
      unchanged
      failed
      waitingUntil
      waitReason
    }
  }
}
`,
  `# Signs in first, and stores nothing if that fails.
mutation Connect {
  connectIntegration(input: { name: "Our loyalty", credentials: { iBonus: { login: "…", password: "…" } } }) {
    __typename
    ... on ConnectIntegrationPayload {
      integration { id status }
      syncRun { id status }
    }
    ... on Error { code message remedy }
    ... on InputError { fields { path message } }
    ... on IntegrationError { providerMessage retryAt }
  }
}
`,
];

/** Options of Yoga's GraphiQL. `apiKey` fills the headers in: only the demo gives one. */
export const graphiqlOptions = (apiKey: string | undefined) => ({
  title: "Guestgraph",
  defaultQuery: examples[0] ?? "",
  defaultTabs: examples.map((query) => ({ query, headers: headersOf(apiKey) })),
  headers: headersOf(apiKey),
  subscriptionsProtocol: "SSE" as const,
});

const headersOf = (apiKey = "<your API key>"): string => JSON.stringify({ Authorization: `Bearer ${apiKey}` }, null, 2);
