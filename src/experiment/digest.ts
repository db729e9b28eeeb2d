import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

/** SHA-256 as hexadecimal text. */
export function sha256Hex(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** SHA-256 of a value as JSON. */
export function sha256OfJson(value: unknown): string {
  return sha256Hex(new TextEncoder().encode(JSON.stringify(value)));
}
