// binary-parser 2.3.0 ships types that do not resolve for ES modules under NodeNext: its "exports" names none.
declare module "binary-parser" {
  export class Parser {
    endianess(endianess: "little" | "big"): this;
    uint8(name: string): this;
    uint16(name: string): this;
    uint32(name: string): this;
    doublele(name: string): this;
    /** `length`: bytes, or the name of a field before that holds them. */
    buffer(name: string, options: { readUntil: "eof" } | { length: number | string }): this;
    parse(bytes: Uint8Array): Record<string, unknown>;
  }
}
