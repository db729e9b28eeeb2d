/**
 * Pre-activations of a layer for one sample: z_j = sum_i s(w_ji) x_i with s(w) = +1 for w >= 0, else -1, written
 * to `z[0 .. rows - 1]`. Row j of `weights` (sign-extended) begins at `weightOffset + j * length`.
 *
 * Since s(w) x = x - 2 (x where w < 0), z = sum(x) - 2 sum(x & signMask(w)): exact, and without a multiplication
 * or a branch a weight. Four rows at a time share the loads of the inputs.
 */
export function signedDots(
  weights: Int16Array,
  weightOffset: number,
  rows: number,
  inputs: Int8Array,
  inputOffset: number,
  length: number,
  z: Int32Array,
): void {
  const inputSum = sumInputs(inputs, inputOffset, length);
  const blocked = rows - (rows % 4);
  for (let row = 0; row < blocked; row += 4) {
    fourRows(weights, weightOffset + row * length, inputs, inputOffset, length, inputSum, z, row);
  }
  for (let row = blocked; row < rows; row++) {
    z[row] = inputSum - 2 * negatedSum(weights, weightOffset + row * length, inputs, inputOffset, length);
  }
}

function sumInputs(inputs: Int8Array, inputOffset: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += inputs[inputOffset + i] as number;
  return sum;
}

/** The sum of the inputs whose weight counts as -1. */
function negatedSum(
  weights: Int16Array,
  weightOffset: number,
  inputs: Int8Array,
  inputOffset: number,
  length: number,
): number {
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += (inputs[inputOffset + i] as number) & ((weights[weightOffset + i] as number) >> 15);
  }
  return sum;
}

function fourRows(
  weights: Int16Array,
  weightOffset: number,
  inputs: Int8Array,
  inputOffset: number,
  length: number,
  inputSum: number,
  z: Int32Array,
  row: number,
): void {
  const second = weightOffset + length;
  const third = second + length;
  const fourth = third + length;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let i = 0; i < length; i++) {
    const x = inputs[inputOffset + i] as number;
    sum0 = (sum0 + (x & ((weights[weightOffset + i] as number) >> 15))) | 0;
    sum1 = (sum1 + (x & ((weights[second + i] as number) >> 15))) | 0;
    sum2 = (sum2 + (x & ((weights[third + i] as number) >> 15))) | 0;
    sum3 = (sum3 + (x & ((weights[fourth + i] as number) >> 15))) | 0;
  }
  z[row] = inputSum - 2 * sum0;
  z[row + 1] = inputSum - 2 * sum1;
  z[row + 2] = inputSum - 2 * sum2;
  z[row + 3] = inputSum - 2 * sum3;
}
