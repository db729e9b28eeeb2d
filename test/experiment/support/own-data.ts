import { idxImages, idxLabels } from "../../data/support/idx-files.js";
import { workloadText } from "./experiments.js";

// Bytes below 128 are UTF-8, too, so that files in memory can hold them as texts.
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** A data set of files in memory: `train` training and 20 test images of `width` x `width` pixels. */
export function ownData(folder: string, train: number, width: number): Record<string, string> {
  const images = (count: number) =>
    text(idxImages(count, width, width, new Array<number>(count * width * width).fill(7)));
  const labels = (count: number) => text(idxLabels(Array.from({ length: count }, (_, i) => i % 10)));
  return {
    [`memory/${folder}/ti`]: images(train),
    [`memory/${folder}/tl`]: labels(train),
    [`memory/${folder}/si`]: images(20),
    [`memory/${folder}/sl`]: labels(20),
  };
}

/** A workload that learns {@link ownData}. */
export function ownDataWorkload(folder: string): string {
  const at = (name: string): string => `${folder}/${name}`;
  const files = `{trainImages: ${at("ti")}, trainLabels: ${at("tl")}, testImages: ${at("si")}, testLabels: ${at("sl")}}`;
  return workloadText()
    .replace("dataset: synthetic", `dataset: ${files}`)
    .replace(/synthetic: .*/, "")
    .replace(/data: .*/, "data: {train: 60, validation: 20, test: 20}");
}
