#include "bits.h"
#include "network.h"
#include "random.h"
#include "tensors.h"

/* Random fields for column k (docs/numerics.md, "Recursion"); `index` counts layers from 1, in every kernel. */
void fw_initialise(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t n = network.cellBits, b = network.fieldBits, frozen = (1u << n) - (1u << b);
  uint32_t bit = l->firstCell * n, rowBits = l->inputs * n, random = network.random;
  for (uint32_t rows = l->outputs; rows != 0; rows--, bit += rowBits) {
    struct rewriter r = rewriteFrom(weights, bit);
    for (uint32_t left = l->inputs; left != 0; left--) {
      random = xorshift(random);
      put(&r, n, (next(&r, n) & frozen) | random >> (32 - b));
    }
    finish(&r);
  }
  network.random = random;
}
