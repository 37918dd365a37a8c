import { hash } from "node:crypto";

/**
 * A uuidv5 (RFC 9562): the first 16 bytes of a SHA-1 over the namespace's bytes and the name. The library `uuid` gives the same (a
 * test holds this against it) in three times the time, and a sync makes two of them for each guest.
 */
const uuidOf = (name: string, namespace: string): string => {
  const hex = hash(
    "sha1",
    Buffer.concat([Buffer.from(namespace.replaceAll("-", ""), "hex"), Buffer.from(name)]),
    "hex",
  );
  const variant = ((parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/**
 * The id of a record: the same for the same thing of the same integration, always, so that deleting and syncing again
 * keeps every id that others hold.
 * @param type what it is, "guest", "venue", ...
 */
export const recordId = (integrationId: string, type: string, externalId: string): string =>
  uuidOf(`${type}:${externalId}`, integrationId);

/** The id of the guest that a profile founds: it too comes back when an integration is deleted and synced again. */
export const foundedGuestId = (profileId: string): string => uuidOf("guest", profileId);
