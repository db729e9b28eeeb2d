import { Parser } from "binary-parser";
import { ByteWriter } from "./byte-writer.js";
import { type Checkpoint, statisticsOf, statisticsValues } from "./checkpoint.js";
import { DataError } from "./data-error.js";
import type { NamedBytes } from "./dataset.js";
import { type SealedKind, seal, unseal } from "./sealed-file.js";

const CHECKPOINT: SealedKind = { magic: "RBTCHKPT", version: 1, noun: "checkpoint" };

const ARC4_BYTES = 256;
const DIGEST_BYTES = 32;
/** Up to the first section. */
const FIXED_BYTES = 5 * 4 + 2 + ARC4_BYTES + DIGEST_BYTES + 2 * 8 + 6 * 4;
const SECTIONS = ["settings", "order", "cells", "signs", "rows", "statistics"] as const;

const parser = new Parser()
  .endianess("little")
  .uint32("numericsVersion")
  .uint32("iteration")
  .uint32("epoch")
  .uint32("chip")
  .uint32("bestEpoch")
  .uint8("hostI")
  .uint8("hostJ")
  .buffer("hostS", { length: ARC4_BYTES })
  .buffer("dataDigest", { length: DIGEST_BYTES })
  .doublele("trainErrorPercent")
  .doublele("validationErrorPercent");
for (const section of SECTIONS) parser.uint32(`${section}Bytes`);
for (const section of SECTIONS) parser.buffer(section, { length: `${section}Bytes` });
parser.buffer("surplus", { readUntil: "eof" });

type Section = (typeof SECTIONS)[number];

type ParsedCheckpoint = Readonly<Record<Section, Uint8Array>> &
  Readonly<Record<`${Section}Bytes`, number>> & {
    readonly numericsVersion: number;
    readonly iteration: number;
    readonly epoch: number;
    readonly chip: number;
    readonly bestEpoch: number;
    readonly hostI: number;
    readonly hostJ: number;
    readonly hostS: Uint8Array;
    readonly dataDigest: Uint8Array;
    readonly trainErrorPercent: number;
    readonly validationErrorPercent: number;
    readonly surplus: Uint8Array;
  };

/** A checkpoint as the bytes of a file. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { host, best, counts } = checkpoint;
  const rows = counts[0]?.rowUpdates.map((layer) => layer.length) ?? [];
  const sections: Record<Section, Uint8Array> = {
    settings: new TextEncoder().encode(checkpoint.settings),
    order: new ByteWriter().uint32s(checkpoint.order).finish(),
    cells: checkpoint.cells,
    signs: best.signs,
    rows: new ByteWriter().uint32s(rows).finish(),
    statistics: new ByteWriter().doubles(statisticsValues(checkpoint)).finish(),
  };
  const payload = new ByteWriter()
    .uint32s([
      checkpoint.numericsVersion,
      checkpoint.iteration,
      checkpoint.epoch,
      checkpoint.chip,
      best.epoch,
    ])
    .bytes(Uint8Array.of(host.i, host.j, ...host.S))
    .bytes(checkpoint.dataDigest)
    .doubles([best.trainErrorPercent, best.validationErrorPercent])
    .uint32s(SECTIONS.map((section) => sections[section].length));
  for (const section of SECTIONS) payload.bytes(sections[section]);
  return seal(CHECKPOINT, payload.finish());
}

/**
 * The checkpoint in a file. A file that was not written by {@link encodeCheckpoint}, or has changed since, is refused.
 * @throws DataError of unseal, and bad-shape
 */
export function decodeCheckpoint(file: NamedBytes): Checkpoint {
  const payload = unseal(CHECKPOINT, file);
  const check = (holds: boolean, problem: string): void => {
    if (!holds) throw new DataError("bad-shape", file.path, 0, `this checkpoint ${problem}`);
  };
  check(payload.length >= FIXED_BYTES, "ends within its fixed part");
  const parsed = parser.parse(payload) as unknown as ParsedCheckpoint;
  for (const section of SECTIONS) {
    // A parsed buffer is short, without an error, where the payload ends before it.
    check(parsed[section].length === parsed[`${section}Bytes`], `ends within its ${section}`);
  }
  check(parsed.surplus.length === 0, `has ${parsed.surplus.length} bytes after its last section`);
  for (const section of ["order", "rows"] as const) {
    check(parsed[section].length % 4 === 0, `has ${section} that are no 32-bit numbers`);
  }
  const [order, rows] = [uint32sOf(parsed.order), uint32sOf(parsed.rows)];
  const settings = new TextDecoder().decode(parsed.settings);
  check(isJson(settings), "has settings that are no JSON");
  check(parsed.iteration >= 1 && parsed.iteration <= 16, `is of iteration ${parsed.iteration}`);
  check(parsed.chip !== 0, "has a chip generator of state 0");
  check(isPermutation(parsed.hostS), "has an impossible state of the host's generator");
  check(isPermutation(order), "has a sample order that is none");
  check(parsed.bestEpoch >= 1 && parsed.bestEpoch <= parsed.epoch, "has a best epoch that has not been run");
  const statistics = statisticsOf(doublesOf(parsed.statistics), parsed.iteration, rows);
  if (statistics === undefined)
    throw new DataError("bad-shape", file.path, 0, "this checkpoint has impossible statistics");
  const { trainErrorPercent, validationErrorPercent } = parsed;
  return {
    numericsVersion: parsed.numericsVersion,
    dataDigest: parsed.dataDigest,
    settings,
    iteration: parsed.iteration,
    epoch: parsed.epoch,
    chip: parsed.chip,
    host: { i: parsed.hostI, j: parsed.hostJ, S: [...parsed.hostS] },
    order,
    cells: parsed.cells,
    best: { epoch: parsed.bestEpoch, trainErrorPercent, validationErrorPercent, signs: parsed.signs },
    ...statistics,
  };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

function uint32sOf(bytes: Uint8Array): Uint32Array {
  const view = viewOf(bytes);
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true));
}

/** Bytes left over give a last number that is not one. */
function doublesOf(bytes: Uint8Array): number[] {
  const view = viewOf(bytes);
  return Array.from({ length: Math.ceil(bytes.length / 8) }, (_, i) =>
    8 * i + 8 <= bytes.length ? view.getFloat64(8 * i, true) : Number.NaN,
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** True if the values are 0 .. length - 1 in some order. */
function isPermutation(values: ArrayLike<number>): boolean {
  const seen = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value >= values.length || seen[value] === 1) return false;
    seen[value] = 1;
  }
  return true;
}
