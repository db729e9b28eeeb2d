#include "cells.h"
#include "network.h"
#include "saturate.h"
#include "tensors.h"

/* accumulator += signs of the row x delta */
static void project(uint32_t bit, const struct layer *l, int32_t delta) {
  uint32_t n = network.cellBits, unused = 32 - network.fieldBits;
  struct reader r = readFrom(weights, bit);
  for (int32_t *sum = accumulator, *end = accumulator + l->inputs; sum < end; sum++) {
    int32_t s = (int32_t)(take(&r, n) << unused) >> 31;
    *sum += (delta ^ s) - s;
  }
}

/* Deltas of the inputs of a layer from the second on (docs/numerics.md, "Backward"). */
void fw_backward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t inputs = l->inputs, rowBits = inputs * network.cellBits, bit = l->firstCell * network.cellBits;
  uint32_t shift = index == network.layers ? 7 : 6 + network.hiddenShift;
  const int8_t *a = activations + l[-1].activations + (network.column - 1) * inputs;
  int8_t *below = deltas + l[-1].deltas;
  for (uint32_t i = 0; i < inputs; i++) accumulator[i] = 0;
  for (uint32_t j = 0; j < l->outputs; j++, bit += rowBits) project(bit, l, deltas[l->deltas + j]);
  for (uint32_t i = 0; i < inputs; i++) {
    int32_t delta = toByte((73 * accumulator[i] + (1 << (shift - 1))) >> shift);
    int32_t isClipped = ((a[i] + 108) | (108 - a[i])) >> 31; /* all ones where |a| > 108 */
    below[i] = (int8_t)(delta & ~isClipped);
  }
}
