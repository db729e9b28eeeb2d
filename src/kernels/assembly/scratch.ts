/** Room of this thread alone: every thread has its own instance of the module. */
export let scratch: usize = 0;

/** Behind it, room for the gradient of one row, and for as much again. */
export const GRADIENT: usize = 4 * 3072;

export function useScratch(address: usize): void {
  scratch = address;
}
