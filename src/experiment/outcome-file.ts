import { Parser } from "binary-parser";
import * as z from "zod";
import { ByteWriter } from "../data/byte-writer.js";
import { DataError } from "../data/data-error.js";
import type { NamedBytes } from "../data/dataset.js";
import { type SealedKind, seal, unseal } from "../data/sealed-file.js";
import { activitySchema } from "./activity-schema.js";
import type { TrainingOutcome } from "./outcome-store.js";

const OUTCOME: SealedKind = { magic: "RBTOUTCM", version: 1, noun: "cached outcome" };

/** An outcome with what it is of, as a file holds it. */
export interface SavedOutcome extends TrainingOutcome {
  readonly key: string;
  readonly numericsVersion: number;
  readonly settings: string;
  readonly dataSha256: string;
  /** Name of the workload that was trained. */
  readonly workload: string;
  /** Version of rebit that trained it. */
  readonly rebit: string;
  /** ISO 8601, UTC. */
  readonly written: string;
}

const number = z.number().min(0);

const described: z.ZodType<Omit<SavedOutcome, "cells">> = z.object({
  key: z.string().regex(/^[0-9a-f]{64}$/),
  numericsVersion: z.int(),
  settings: z.string(),
  dataSha256: z.string(),
  workload: z.string(),
  rebit: z.string(),
  written: z.iso.datetime(),
  iterations: z
    .array(
      z.object({
        iteration: number,
        hiddenUnits: z.array(number),
        weights: number,
        plasticBits: number,
        bitsPerWeight: number,
        epochs: number,
        bestEpoch: number,
        trainErrorPercent: number,
        validationErrorPercent: number,
        testErrorPercent: number,
      }),
    )
    .min(1),
  activity: activitySchema,
});

const parser = new Parser()
  .endianess("little")
  .uint32("textBytes")
  .buffer("text", { length: "textBytes" })
  .buffer("cells", { readUntil: "eof" });

/** An outcome as the bytes of a file: a description as JSON, then the cells. */
export function encodeOutcome({ cells, ...description }: SavedOutcome): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(description));
  return seal(OUTCOME, new ByteWriter().uint32s([text.length]).bytes(text).bytes(cells).finish());
}

/** @throws DataError of unseal, and bad-shape */
export function decodeOutcome(file: NamedBytes): SavedOutcome {
  const payload = unseal(OUTCOME, file);
  const parsed = payload.length < 4 ? undefined : (parser.parse(payload) as unknown as ParsedOutcome);
  const description = described.safeParse(parsed === undefined ? undefined : parseJson(parsed.text));
  if (parsed === undefined || !description.success) {
    throw new DataError("bad-shape", file.path, 0, "this cached outcome does not hold what one holds");
  }
  return { ...description.data, cells: parsed.cells };
}

interface ParsedOutcome {
  readonly text: Uint8Array;
  readonly cells: Uint8Array;
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
}
