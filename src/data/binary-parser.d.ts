// binary-parser 2.3.0 ships types that do not resolve for ES modules under NodeNext: its "exports" names none.
declare module "binary-parser" {
  export class Parser {
    endianess(endianess: "little" | "big"): this;
    uint32(name: string): this;
    buffer(name: string, options: { readUntil: "eof" }): this;
    parse(bytes: Uint8Array): Record<string, unknown>;
  }
}
