/** A name as it can be shown: a file may hold any characters, and a terminal obeys some. */
export const shown = (name: string): string =>
  name.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
