/** How long to measure: every contender has `rounds` turns of at least `seconds`. */
export interface Effort {
  readonly rounds: number;
  readonly seconds: number;
}

/** Whoever's turn it is gives a speed; the unit is the caller's. */
export interface Turn {
  readonly name: string;
  measure(seconds: number): Promise<number>;
}

/**
 * Speeds round by round, `[name]`. Turns are interleaved, and every other round goes backwards, so that a machine that
 * becomes slower or faster meanwhile is no advantage to anybody.
 */
export async function measureInRounds(
  turns: readonly Turn[],
  { rounds, seconds }: Effort,
): Promise<Map<string, number[]>> {
  const speeds = new Map<string, number[]>(turns.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const turn of round % 2 === 0 ? turns : turns.toReversed()) {
      speeds.get(turn.name)?.push(await turn.measure(seconds));
    }
  }
  return speeds;
}
