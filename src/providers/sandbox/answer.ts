/** What a sandbox answers. */
export type SandboxAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

const jsonHeaders = { "content-type": "application/json;charset=UTF-8" };

export const jsonAnswer = (status: number, value: unknown): SandboxAnswer => ({
  status,
  headers: jsonHeaders,
  body: JSON.stringify(value),
});

/** An answer whose JSON is written already. */
export const writtenAnswer = (body: string | Buffer): SandboxAnswer => ({ status: 200, headers: jsonHeaders, body });

/** What stands before an API when something between us and it is broken: a web page, with 200 as well as with 502. */
export const webPage = (status: number): SandboxAnswer => ({
  status,
  headers: { "content-type": "text/html" },
  body: "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>\n",
});
