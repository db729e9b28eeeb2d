import { DataError } from "../../../src/data/data-error.js";

/** The error that `act` throws, which must be a DataError. */
export function dataError(act: () => unknown): DataError {
  try {
    act();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error("expected a DataError");
}
