#include "planes.h"
#include "random.h"

/* Random fields for column k (docs/numerics.md, "Recursion"); `index` counts layers from 1, in every kernel. */
void fw_initialise(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  uint32_t b = network.fieldBits, random = network.random;
  for (uint32_t j = 0; j < l->outputs; j++) {
    struct plastic p = rewritePlastic(l, rowOf(l, j));
    for (uint32_t left = l->inputs; left != 0; left--) {
      random = xorshift(random);
      next(&p.signs, 1);
      put(&p.signs, 1, random >> 31);
      next(&p.data, b - 1);
      put(&p.data, b - 1, random << 1 >> 1 >> (32 - b));
    }
    finishPlastic(&p);
  }
  network.random = random;
}
