/** A count beyond the integers that a double holds exactly. */
export class CountError extends RangeError {
  override readonly name = "CountError";
}

/**
 * Guards a count: counts are exact integers, so one beyond 2^53 - 1 is an error and never a rounded number.
 *
 * @example
 * exact(784 * 32); // 25088
 * @throws CountError if the value is not a safe integer.
 */
export function exact(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new CountError(
    `a count left the exact range of integers (${value} is beyond 2^53 - 1): simulate fewer epochs or samples`,
  );
}
