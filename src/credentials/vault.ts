import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

/** 32 bytes. */
export type Key = Buffer;

const version = 1;
const ivLength = 12;
const tagLength = 16;

/** A sealed thing that this key does not open, or that stood somewhere else when it was sealed. */
export class SealError extends Error {
  override readonly name = "SealError";
}

export const newKey = (): Key => randomBytes(32);

/**
 * Encrypts with AES-256-GCM. `place` (a row's and its account's id) is authenticated with it: moved to another row, the
 * ciphertext no longer opens. Layout: version (1 byte), iv (12), tag (16), ciphertext.
 */
export const seal = (key: Key, plain: Buffer, place: string): Buffer => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), sealed]);
};

/** @throws SealError when the key, the place or the bytes are not those that it was sealed with. */
export const open = (key: Key, sealed: Uint8Array, place: string): Buffer => {
  const bytes = Buffer.from(sealed);
  if (bytes.length < 1 + ivLength + tagLength || bytes[0] !== version)
    throw new SealError("This is not a sealed value.");
  const iv = bytes.subarray(1, 1 + ivLength);
  const tag = bytes.subarray(1 + ivLength, 1 + ivLength + tagLength);
  const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagLength })
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(1 + ivLength + tagLength)), decipher.final()]);
  } catch {
    throw new SealError("This key does not open the sealed value.");
  }
};

/** What may be shown of a secret: enough to tell two apart, too little to use. */
export const preview = (secret: string): string => (secret.length > 12 ? `…${secret.slice(-4)}` : "…");
