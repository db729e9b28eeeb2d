import { bytesToHex } from "@noble/hashes/utils.js";
import { type Dataset, splitDataset } from "../data/dataset.js";
import { NUMERICS_VERSION } from "./numerics-version.js";
import { resolveNumerics } from "./resolve-numerics.js";
import { networkShape, type Workload } from "./workload.js";

/** Which training it is: two with the same identity leave the same bits. */
export interface TrainingIdentity {
  readonly numericsVersion: number;
  /** What the workload says, as JSON with a fixed order of keys, defaults filled in; neither names nor paths. */
  readonly settings: string;
  /** SHA-256 of the samples and labels that the workload uses, in hex. */
  readonly dataSha256: string;
  /** SHA-256 of all of this, in hex. */
  readonly key: string;
}

/**
 * The identity of a workload on its data.
 * @throws DataError if the data set has too few samples
 */
export async function identifyTraining(workload: Workload, dataset: Dataset): Promise<TrainingIdentity> {
  const { train, validation, test } = splitDataset(dataset, workload.data);
  const arrays = [train, validation, test].flatMap(({ pixels, labels }) => [pixels, labels]);
  const { inputs, classes } = dataset;
  const digests = await Promise.all(arrays.map(sha256Hex));
  const dataSha256 = await sha256OfText(JSON.stringify({ inputs, classes, digests }));
  return identityOf(settingsOf(workload, dataset), dataSha256, NUMERICS_VERSION);
}

/** The identity that is made of these parts. */
export async function identityOf(
  settings: string,
  dataSha256: string,
  numericsVersion: number,
): Promise<TrainingIdentity> {
  const key = await sha256OfText(JSON.stringify({ numericsVersion, dataSha256, settings }));
  return { numericsVersion, settings, dataSha256, key };
}

function settingsOf(workload: Workload, dataset: Dataset): string {
  const { data, network, storage, training } = workload;
  const { notes: _, ...numerics } = resolveNumerics(workload, networkShape(workload, dataset));
  return JSON.stringify({
    data: { train: data.train, validation: data.validation, test: data.test },
    network: { hidden: network.hidden },
    storage: { weightBits: storage.weightBits, iterations: storage.iterations },
    training: {
      batch: training.batch,
      epochs: training.epochs,
      seed: training.seed,
      patience: training.patience,
      stopRecursion: training.stopRecursion,
    },
    numerics: {
      inputShift: numerics.inputShift,
      hiddenShift: numerics.hiddenShift,
      outputShift: numerics.outputShift,
      stepShift: numerics.stepShift,
      narrowing: numerics.narrowing,
    },
  });
}

/** What differs between a training that was saved and this one, to be shown: "training.seed: 2 there, 1 here". */
export function differences(saved: Omit<TrainingIdentity, "key">, here: TrainingIdentity): string[] {
  const found: string[] = [];
  if (saved.numericsVersion !== here.numericsVersion) {
    found.push(`version of the arithmetic: ${saved.numericsVersion} there, ${here.numericsVersion} here`);
  }
  const [before, now] = [saved.settings, here.settings].map((settings) => leavesOf(JSON.parse(settings)));
  for (const path of new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])) {
    const [there, herein] = [before?.get(path) ?? "none", now?.get(path) ?? "none"];
    if (there !== herein) found.push(`${path}: ${there} there, ${herein} here`);
  }
  if (saved.dataSha256 !== here.dataSha256) {
    const [there, herein] = [saved, here].map(({ dataSha256 }) => dataSha256.slice(0, 12));
    found.push(`data: SHA-256 ${there} there, ${herein} here`);
  }
  return found;
}

/** The values below the keys of an object, lists as a whole: `training.seed` and so on. */
function leavesOf(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return new Map([[path, JSON.stringify(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, below]) => [
      ...leavesOf(below, path === "" ? key : `${path}.${key}`),
    ]),
  );
}

// The platform's SHA-256: MNIST in 0.1 s, where one in TypeScript takes seconds.
async function sha256Hex(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return bytesToHex(new Uint8Array(digest));
}

const sha256OfText = (text: string): Promise<string> => sha256Hex(new TextEncoder().encode(text));
