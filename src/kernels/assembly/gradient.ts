// Twin of ../gradient.ts.

export function setGradientRow(gradient: usize, inputs: usize, length: i32, delta: i32): void {
  const factor = i16x8.splat(<i16>delta);
  let i: i32 = 0;
  for (; i + 8 <= length; i += 8) {
    const x = v128.load8x8_s(inputs + i);
    const to = gradient + (i << 2);
    v128.store(to, i32x4.extmul_low_i16x8_s(x, factor));
    v128.store(to, i32x4.extmul_high_i16x8_s(x, factor), 16);
  }
  for (; i < length; i++) store<i32>(gradient + (i << 2), delta * <i32>load<i8>(inputs + i));
}
