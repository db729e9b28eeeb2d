/* What follows project(l, j, delta) of a layout, which adds signs x delta of row j to the accumulator: fw_backward. */

/* Deltas of the inputs of a layer from the second on (docs/numerics.md, "Backward"). */
void fw_backward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t inputs = l->inputs, shift = index == network.layers ? 7 : 6 + network.hiddenShift;
  const int8_t *a = activations + l[-1].activations + (network.column - 1) * inputs;
  int8_t *below = deltas + l[-1].deltas;
  for (uint32_t i = 0; i < inputs; i++) accumulator[i] = 0;
  for (uint32_t j = 0; j < l->outputs; j++) project(l, j, deltas[l->deltas + j]);
  for (uint32_t i = 0; i < inputs; i++) {
    int32_t delta = toByte((73 * accumulator[i] + (1 << (shift - 1))) >> shift);
    int32_t isClipped = ((a[i] + 108) | (108 - a[i])) >> 31; /* all ones where |a| > 108 */
    below[i] = (int8_t)(delta & ~isClipped);
  }
}
