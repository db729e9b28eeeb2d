#include "activation.h"
#include "bits.h"
#include "network.h"
#include "tensors.h"

/* The sums of one row, each column's over its own inputs. */
static inline void sumRow(uint32_t bit, const int8_t *in, const struct layer *l, int isFirst) {
  uint32_t n = network.cellBits, columns = network.column, inputs = l->inputs;
  struct reader r = readFrom(weights, bit);
  int32_t *end = sums + columns;
  for (int32_t *z = sums; z < end; z++) *z = 0;
  for (const int8_t *behind = in + inputs; in < behind; in++) {
    int32_t signs = (int32_t)(take(&r, n) << (32 - n));
    const int8_t *x = in;
    for (int32_t *z = sums; z < end; z++, signs <<= 1) {
      *z += signedBy(signs >> 31, isFirst ? *in : *x);
      if (!isFirst) x += inputs;
    }
  }
}

/* Every column's activation of a unit. */
static void activate(int8_t *out, uint32_t outputs, uint32_t shift) {
  for (int32_t *z = sums, *end = sums + network.column; z < end; z++, out += outputs) {
    *out = hiddenActivation(*z, shift);
  }
}

static int32_t sumOfColumns(void) {
  int32_t sum = 0;
  for (int32_t *z = sums, *end = sums + network.column; z < end; z++) sum += *z;
  return sum;
}

/* One layer of every column (docs/numerics.md, "Forward"). Of the output layer it returns the predicted class. */
uint32_t fw_forward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t shift = (index == 1 ? network.inputShift : network.hiddenShift) - 2;
  uint32_t bit = l->firstCell * network.cellBits;
  struct winner predicted = {INT32_MIN / 2, 0};
  for (uint32_t j = 0; j < l->outputs; j++, bit += l->inputs * network.cellBits) {
    if (index == 1) sumRow(bit, input, l, 1);
    else sumRow(bit, activations + l[-1].activations, l, 0);
    if (index == network.layers) compare(&predicted, logits[j] = sumOfColumns(), j);
    else activate(activations + l->activations + j, l->outputs, shift);
  }
  return predicted.index;
}
