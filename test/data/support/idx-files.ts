function bigEndian(...words: number[]): number[] {
  return words.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}

/** The bytes of an IDX file of images, whether or not the data agrees with the header. */
export function idxImages(count: number, rows: number, columns: number, data: number[]): Uint8Array {
  return Uint8Array.from([...bigEndian(0x803, count, rows, columns), ...data]);
}

/** The bytes of an IDX file of labels. */
export function idxLabels(labels: number[]): Uint8Array {
  return Uint8Array.from([...bigEndian(0x801, labels.length), ...labels]);
}
