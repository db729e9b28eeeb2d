/** gradient[i] = delta in_i for one row and one sample: the whole gradient of a batch of 1. */
export function setGradientRow(
  gradient: Int32Array,
  gradientOffset: number,
  inputs: Int8Array,
  inputOffset: number,
  length: number,
  delta: number,
): void {
  for (let i = 0; i < length; i++) {
    gradient[gradientOffset + i] = delta * (inputs[inputOffset + i] as number);
  }
}

/**
 * gradient[i] += delta in_i for one row and one sample of a batch. Deltas and inputs are signed 8 bit, so 1,000
 * samples stay below 2^24 in magnitude.
 */
export function addGradientRow(
  gradient: Int32Array,
  gradientOffset: number,
  inputs: Int8Array,
  inputOffset: number,
  length: number,
  delta: number,
): void {
  for (let i = 0; i < length; i++) {
    gradient[gradientOffset + i] =
      (gradient[gradientOffset + i] as number) + delta * (inputs[inputOffset + i] as number);
  }
}
