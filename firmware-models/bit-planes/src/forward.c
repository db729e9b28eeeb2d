#include "activation.h"
#include "planes.h"

static int32_t sumOf(struct reader *plane, const int8_t *in, uint32_t inputs) {
  int32_t sum = 0;
  for (const int8_t *behind = in + inputs; in < behind; in++) sum += signedBy(takeSign(plane), *in);
  return sum;
}

/* One layer of every column (docs/numerics.md, "Forward"). Of the output layer it returns the predicted class. */
uint32_t fw_forward(uint32_t index) {
  const struct layer *l = &network.layer[index - 1];
  const int8_t *in = index == 1 ? input : activations + l[-1].activations;
  uint32_t inputs = l->inputs, stride = index == 1 ? 0 : inputs;
  uint32_t shift = (index == 1 ? network.inputShift : network.hiddenShift) - 2;
  struct winner predicted = {INT32_MIN / 2, 0};
  for (uint32_t j = 0; j < l->outputs; j++) {
    struct reader planes = readFrom(weights, rowOf(l, j));
    int8_t *out = activations + l->activations + j;
    const int8_t *x = in;
    int32_t logit = 0;
    for (uint32_t c = network.column; c != 0; c--, x += stride) {
      int32_t sum = sumOf(&planes, x, inputs);
      if (index == network.layers) logit += sum;
      else {
        *out = hiddenActivation(sum, shift);
        out += l->outputs;
      }
    }
    if (index == network.layers) compare(&predicted, logits[j] = logit, j);
  }
  return predicted.index;
}
