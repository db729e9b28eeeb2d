/** What a program tried that the memory does not allow. */
export type Access = "fetch" | "load" | "store";

/** A program reached for memory that is not there, not aligned or not writable. */
export class MemoryFault extends Error {
  override readonly name = "MemoryFault";

  constructor(
    readonly access: Access,
    readonly address: number,
    readonly bytes: number,
    readonly reason: string,
  ) {
    super(`${access} of ${bytes} bytes at 0x${(address >>> 0).toString(16).padStart(8, "0")}: ${reason}`);
  }
}
