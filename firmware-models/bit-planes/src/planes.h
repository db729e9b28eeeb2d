#ifndef PLANES_H
#define PLANES_H
#include "bits.h"
#include "network.h"
#include "tensors.h"

/*
 * A row of weights: k planes of a sign each for the columns so far, then n - k bits for each weight of the plastic column, whose
 * field is its sign in plane k above those. All of them take n bits a weight, whatever k.
 */
static inline uint32_t rowOf(const struct layer *l, uint32_t j) {
  return (l->firstCell + j * l->inputs) * network.cellBits;
}

static inline uint32_t plasticPlane(const struct layer *l, uint32_t row) {
  return row + (network.column - 1) * l->inputs;
}

/* The next sign of a plane, as 0 or -1. */
static inline int32_t takeSign(struct reader *plane) { return -(int32_t)(take(plane, 1) & 1); }

/* Rewrites the plastic column of a row: plane k, and the data behind it, of which there may be no bits. */
struct plastic { struct rewriter signs, data; };

static inline struct plastic rewritePlastic(const struct layer *l, uint32_t row) {
  uint32_t signs = plasticPlane(l, row), data = signs + l->inputs, last = row + l->inputs * network.cellBits - 1;
  return (struct plastic){rewriteFrom(weights, signs), rewriteFrom(weights, data < last ? data : last)};
}

static inline uint32_t nextField(struct plastic *p, uint32_t dataBits) {
  uint32_t sign = next(&p->signs, 1) & 1;
  return sign << dataBits | (next(&p->data, dataBits) & ((1u << dataBits) - 1));
}

static inline void putField(struct plastic *p, uint32_t dataBits, uint32_t field) {
  put(&p->signs, 1, field >> dataBits);
  put(&p->data, dataBits, field & ((1u << dataBits) - 1));
}

/* The data begin in the word in which the signs end, so what lies behind these is what was just stored there. */
static inline void finishPlastic(const struct plastic *p) {
  finish(&p->data);
  uint32_t behind = ~0u << 1 << (31 - p->signs.in.left);
  *p->signs.word = (loadWord(p->signs.word) & behind) | p->signs.out;
}
#endif
