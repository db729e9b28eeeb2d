import { sha256 } from "@noble/hashes/sha2.js";
import { Parser } from "binary-parser";
import { DataError } from "./data-error.js";
import type { NamedBytes } from "./dataset.js";

// A sealed file: 8 bytes of magic, its format version and the size of its payload (32 bits each, little-endian), the
// payload, and the SHA-256 of all bytes before it. All versions of all kinds begin and end like this.
const MAGIC_BYTES = 8;
const HEADER_BYTES = 16;
const CHECKSUM_BYTES = 32;

const sealParser = new Parser()
  .endianess("little")
  .buffer("magic", { length: MAGIC_BYTES })
  .uint32("version")
  .uint32("payloadBytes")
  .buffer("rest", { readUntil: "eof" });

interface ParsedSeal {
  readonly version: number;
  readonly payloadBytes: number;
  readonly rest: Uint8Array;
}

/** A kind of sealed file. */
export interface SealedKind {
  /** 8 ASCII characters. */
  readonly magic: string;
  /** Of the payload's layout, raised with every change of it. */
  readonly version: number;
  /** In errors: "checkpoint". */
  readonly noun: string;
}

/** The file that holds `payload`: any later change of any byte is noticed. */
export function seal({ magic, version }: SealedKind, payload: Uint8Array): Uint8Array {
  const file = new Uint8Array(HEADER_BYTES + payload.length + CHECKSUM_BYTES);
  const header = new DataView(file.buffer);
  file.set(new TextEncoder().encode(magic));
  header.setUint32(MAGIC_BYTES, version, true);
  header.setUint32(MAGIC_BYTES + 4, payload.length, true);
  file.set(payload, HEADER_BYTES);
  const sealed = file.subarray(0, HEADER_BYTES + payload.length);
  file.set(sha256(sealed), sealed.length);
  return file;
}

/**
 * The payload of a sealed file, a view of it.
 * @throws DataError truncated, trailing-bytes, wrong-magic, damaged, wrong-version
 */
export function unseal({ magic, version, noun }: SealedKind, { path, bytes }: NamedBytes): Uint8Array {
  if (bytes.length < HEADER_BYTES + CHECKSUM_BYTES) {
    throw new DataError("truncated", path, bytes.length, `this is no whole ${noun}: it ends early`);
  }
  const isOfKind = new TextEncoder().encode(magic).every((byte, at) => byte === bytes[at]);
  if (!isOfKind) throw new DataError("wrong-magic", path, 0, `this is no ${noun} of rebit`);
  const { payloadBytes, rest, version: found } = sealParser.parse(bytes) as unknown as ParsedSeal;
  const surplus = rest.length - payloadBytes - CHECKSUM_BYTES;
  if (surplus < 0) {
    const reason = `${-surplus} bytes of this ${noun} are missing`;
    throw new DataError("truncated", path, bytes.length, reason);
  }
  if (surplus > 0) {
    const reason = `${surplus} bytes follow after the end of this ${noun}`;
    throw new DataError("trailing-bytes", path, bytes.length - surplus, reason);
  }
  const end = HEADER_BYTES + payloadBytes;
  const expected = sha256(bytes.subarray(0, end));
  if (!expected.every((byte, at) => byte === bytes[end + at])) {
    throw new DataError(
      "damaged",
      path,
      end,
      `this ${noun} has changed since it was written: its SHA-256 differs`,
    );
  }
  if (found !== version) {
    const reason = `this ${noun} has format version ${found}; this version of rebit reads ${version}`;
    throw new DataError("wrong-version", path, MAGIC_BYTES, reason);
  }
  return rest.subarray(0, payloadBytes);
}
