#ifndef CELLS_H
#define CELLS_H
#include <stdint.h>

/* Sequential access to a little-endian bit stream (docs/numerics.md, "Storage"): each word is loaded and stored once. */
struct reader { const uint32_t *next; uint32_t held; uint32_t count; };
struct writer { uint32_t *next; uint32_t held; uint32_t count; };

static inline struct reader readFrom(const uint32_t *stream, uint32_t bit) {
  const uint32_t *word = stream + (bit >> 5);
  return (struct reader){word + 1, *word >> (bit & 31), 32 - (bit & 31)};
}

/* The next `bits` bits, at most 16. */
static inline uint32_t take(struct reader *r, uint32_t bits) {
  uint32_t cell = r->held;
  if (r->count < bits) {
    uint32_t word = *r->next++;
    cell |= word << r->count;
    r->held = word >> (bits - r->count);
    r->count += 32 - bits;
  } else {
    r->held >>= bits;
    r->count -= bits;
  }
  return cell & ((1u << bits) - 1);
}

/* Keeps what lies before `bit` in its word. */
static inline struct writer writeFrom(uint32_t *stream, uint32_t bit) {
  uint32_t *word = stream + (bit >> 5);
  return (struct writer){word, *word & ((1u << (bit & 31)) - 1), bit & 31};
}

static inline void put(struct writer *w, uint32_t bits, uint32_t cell) {
  w->held |= cell << w->count;
  w->count += bits;
  if (w->count < 32) return;
  *w->next++ = w->held;
  w->count -= 32;
  w->held = cell >> (bits - w->count);
}

/* Keeps what lies behind the last bit in its word. */
static inline void finish(struct writer *w) {
  if (w->count != 0) *w->next = (*w->next & (~0u << w->count)) | w->held;
}

/* A field of the low `bits` bits, sign-extended. */
static inline int32_t fieldOf(uint32_t cell, uint32_t bits) {
  return (int32_t)(cell << (32 - bits)) >> (32 - bits);
}
#endif
