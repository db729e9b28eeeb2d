#ifndef NETWORK_H
#define NETWORK_H
#include <stdint.h>

/* docs/numerics.md, "Update": how a gradient becomes a step. */
enum { TRUNCATE = 0, NEAREST = 1, DITHER = 2 };
enum { MAX_LAYERS = 4, MAX_COLUMNS = 16 };

/* One weight layer; the host fills it, offsets in elements. */
struct layer {
  uint32_t inputs;
  uint32_t outputs;
  uint32_t firstCell;
  uint32_t activations; /* of the layer's outputs: columns x outputs from here; unused in the output layer */
  uint32_t deltas;      /* of the layer's outputs; also of its touched rows */
  uint32_t stepBits;    /* S */
};

/* What the host sets before the first call and at each iteration; 11 words, then 6 a layer. */
struct network {
  uint32_t layers;
  uint32_t cellBits;  /* n */
  uint32_t column;    /* k, from 1 */
  uint32_t fieldBits; /* b = n - k + 1 */
  uint32_t inputShift;
  uint32_t hiddenShift;
  uint32_t outputShift;
  uint32_t narrowing;
  uint32_t batch;
  int32_t mean;    /* m of the input */
  uint32_t random; /* state of the xorshift32, never 0 */
  struct layer layer[MAX_LAYERS];
};
extern struct network network;
#endif
