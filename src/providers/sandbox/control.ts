import { z } from "zod";
import { jsonAnswer, type SandboxAnswer } from "./answer.ts";
import { faultsSchema } from "./faults.ts";
import type { Sandbox } from "./kit.ts";

const prefix = "/__sandbox/";
const changesSchema = z.array(z.object({ id: z.coerce.string(), patch: z.record(z.string(), z.unknown()) }));
const idsSchema = z.array(z.coerce.string());

/**
 * The door through which scripts drive a sandbox (tests in the same process use its methods):
 *
 *     GET    /__sandbox/requests       {"routes": {"GET /clients/": 3}, "mostAtOnce": 2}
 *     DELETE /__sandbox/requests       counts anew
 *     GET    /__sandbox/digest/:set    {"count": 2000, "sha256": "…"}
 *     POST   /__sandbox/faults         [{"kind": "status", "status": 503, "route": "GET *", "times": 2}]; [] ends them
 *     POST   /__sandbox/change/:set    [{"id": "1000001", "patch": {"name": "…"}}]
 *     POST   /__sandbox/delete/:set    ["1000001"]
 *     POST   /__sandbox/reset          data, counts and faults as at the start
 *
 * Gives null for what is not its business.
 */
export const createControlDoor =
  (sandbox: Omit<Sandbox, "url" | "close">) =>
  (method: string, url: string, body: unknown): SandboxAnswer | null => {
    if (!url.startsWith(prefix)) return null;
    const [action = "", set = ""] = url.slice(prefix.length).split("/");
    try {
      switch (`${method} ${action}`) {
        case "GET requests":
          return jsonAnswer(200, { routes: sandbox.requests(), mostAtOnce: sandbox.mostAtOnce() });
        case "DELETE requests":
          sandbox.forgetRequests();
          return done;
        case "GET digest":
          return jsonAnswer(200, sandbox.digest(set));
        case "POST faults":
          sandbox.setFaults(...faultsSchema.parse(body));
          return done;
        case "POST change":
          for (const { id, patch } of changesSchema.parse(body)) sandbox.change(set, id, patch);
          return done;
        case "POST delete":
          sandbox.remove(set, idsSchema.parse(body));
          return done;
        case "POST reset":
          sandbox.reset();
          return done;
        default:
          return jsonAnswer(404, { error: "There is no such door." });
      }
    } catch (error) {
      return jsonAnswer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };

const done = jsonAnswer(200, { done: true });
