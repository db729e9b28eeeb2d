// Twin of ../gradient.ts, a row for a whole batch at once: gradient = start + sum over entries of factor x vector.
// Entries come in pairs, since a dot instruction multiplies two samples' lanes and adds them.

/**
 * @param gradient i32 [lanes]
 * @param start i32 [lanes], or 0 for none
 * @param offsets u32 [pairs][2]: where an entry's vector of i8 [lanes] begins behind `vectors`
 * @param factors i16 [pairs][2]
 * @param lanes a multiple of 16
 */
export function gradientRow(
  gradient: usize,
  start: usize,
  vectors: usize,
  offsets: usize,
  factors: usize,
  pairs: i32,
  lanes: i32,
): void {
  const end = offsets + (<usize>pairs << 3);
  for (let lane: i32 = 0; lane < lanes; lane += 16) {
    let sum0 = i32x4.splat(0);
    let sum1 = i32x4.splat(0);
    let sum2 = i32x4.splat(0);
    let sum3 = i32x4.splat(0);
    const first = start + (lane << 2);
    if (start != 0) {
      sum0 = v128.load(first);
      sum1 = v128.load(first, 16);
      sum2 = v128.load(first, 32);
      sum3 = v128.load(first, 48);
    }
    let factor = factors;
    const from = vectors + lane;
    for (let at = offsets; at < end; at += 8) {
      const both = v128.load_splat<i32>(factor);
      const one = from + <usize>load<u32>(at);
      const two = from + <usize>load<u32>(at, 4);
      const one0 = v128.load_ext<i8>(one);
      const two0 = v128.load_ext<i8>(two);
      const one1 = v128.load_ext<i8>(one, 8);
      const two1 = v128.load_ext<i8>(two, 8);
      sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one0, two0, 0, 8, 1, 9, 2, 10, 3, 11)));
      sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one0, two0, 4, 12, 5, 13, 6, 14, 7, 15)));
      sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one1, two1, 0, 8, 1, 9, 2, 10, 3, 11)));
      sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(both, v128.shuffle<i16>(one1, two1, 4, 12, 5, 13, 6, 14, 7, 15)));
      factor += 4;
    }
    const to = gradient + (lane << 2);
    v128.store(to, sum0);
    v128.store(to, sum1, 16);
    v128.store(to, sum2, 32);
    v128.store(to, sum3, 48);
  }
}
