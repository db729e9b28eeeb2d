import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

const known = new WeakMap<Uint8Array, string>();

/** SHA-256 as hexadecimal text; remembered, since an experiment's inputs are named in each of its reports. */
export function sha256Hex(bytes: Uint8Array): string {
  const digest = known.get(bytes) ?? bytesToHex(sha256(bytes));
  known.set(bytes, digest);
  return digest;
}

/** SHA-256 of a value as JSON. */
export function sha256OfJson(value: unknown): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(value)));
}
