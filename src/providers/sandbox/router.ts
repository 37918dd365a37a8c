import type { IncomingHttpHeaders } from "node:http";
import type { SandboxAnswer } from "./answer.ts";

export type Route = {
  readonly method: string;
  /** With ":name" for a segment that varies: "/clients/:id/balance/". */
  readonly path: string;
  handle(request: SandboxRequest): SandboxAnswer;
};

export type SandboxRequest = {
  readonly path: string;
  /** What stands in place of the ":name" segments, in their order, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON; undefined when there is no body, or none that can be parsed. */
  readonly body: unknown;
  /** Whether the fault "repeat" is on: a list gives its first page. */
  readonly repeatsPage: boolean;
};

/** A route with what stands in place of its varying segments. */
type Found = { readonly route: Route; readonly segments: readonly string[] };

/** Routes without ":name" are found by a look into a map, the rest by their expressions, in order. */
export const createRouter = (routes: readonly Route[]): ((method: string, path: string) => Found | null) => {
  const fixed = new Map<string, Found>();
  const varying: { readonly route: Route; readonly expression: RegExp }[] = [];
  for (const route of routes) {
    if (!route.path.includes(":")) fixed.set(`${route.method} ${route.path}`, { route, segments: [] });
    else varying.push({ route, expression: new RegExp(`^${route.path.replace(/:\w+/g, "([^/]+)")}$`) });
  }
  return (method, path) => {
    const known = fixed.get(`${method} ${path}`);
    if (known !== undefined) return known;
    for (const { route, expression } of varying) {
      const match = route.method === method ? expression.exec(path) : null;
      if (match !== null) return { route, segments: match.slice(1).map(decoded) };
    }
    return null;
  };
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};
