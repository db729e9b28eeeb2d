#include "cells.h"
#include "network.h"
#include "tensors.h"

static int8_t hiddenActivation(int32_t z, uint32_t shift) {
  int32_t q = clamp(z >> (shift - 2), -2048, 2047);
  return (int8_t)clamp((293 * q + 512) >> 10, -110, 110);
}

/* The sums of one row, for every column from its own inputs, `stride` apart; 0 if they share the sample. */
static void sumRow(struct reader *r, const int8_t *in, uint32_t stride, uint32_t inputs, int32_t *z) {
  uint32_t n = network.cellBits, columns = network.column;
  for (uint32_t c = 0; c < columns; c++) z[c] = 0;
  for (uint32_t i = 0; i < inputs; i++) {
    uint32_t signs = take(r, n) << (32 - n);
    const int8_t *x = in + i;
    for (uint32_t c = 0; c < columns; c++, x += stride, signs <<= 1) {
      int32_t s = (int32_t)signs >> 31; /* (x ^ s) - s is x or -x without a branch */
      z[c] += (*x ^ s) - s;
    }
  }
}

/* One layer of every column (docs/numerics.md, "Forward"). */
void fw_forward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = index == 1 ? input : activations + l[-1].activations;
  uint32_t stride = index == 1 ? 0 : l->inputs;
  uint32_t shift = index == 1 ? network.inputShift : network.hiddenShift;
  struct reader r = readFrom(cells, l->firstCell * network.cellBits);
  int32_t z[MAX_COLUMNS];
  for (uint32_t j = 0; j < l->outputs; j++) {
    sumRow(&r, in, stride, l->inputs, z);
    int32_t sum = 0;
    int8_t *out = activations + l->activations + j;
    for (uint32_t c = 0; c < network.column; c++, out += l->outputs) {
      if (index == network.layers) sum += z[c];
      else *out = hiddenActivation(z[c], shift);
    }
    if (index == network.layers) logits[j] = sum;
  }
}
