/** Room for the gradient of one row, of this thread alone: every thread has its own instance of the module. */
export let scratch: usize = 0;

export function useScratch(address: usize): void {
  scratch = address;
}
