import { validate as isUuid, NIL } from "uuid";

/** Global ids as Relay has them: the type and the id within it, opaque to clients. */
export const encodeGlobalId = (typename: string, id: string): string =>
  Buffer.from(`${typename}:${id}`).toString("base64url");

/** All our ids are UUIDs. Whatever else a client sends is the id of nothing, not an error of the database. */
export const decodeGlobalId = (globalId: string): { typename: string; id: string } => {
  const [typename = "", id = ""] = Buffer.from(globalId, "base64url").toString("utf8").split(":");
  return { typename, id: isUuid(id) ? id : NIL };
};
