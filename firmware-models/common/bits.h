#ifndef BITS_H
#define BITS_H
#include <stdint.h>

/* What happens once a word, not once a weight, lies out of the way. */
#define RARELY(condition) __builtin_expect(condition, 0)

/* Sequential access to a little-endian bit stream (docs/numerics.md, "Storage"): each word is loaded once. */
struct reader { const uint32_t *next; uint32_t held; uint32_t left; };

/* Volatile, or the compiler may load a word again instead of keeping it. */
static inline uint32_t loadWord(const uint32_t *word) { return *(const volatile uint32_t *)word; }

static inline struct reader readBehind(const uint32_t *word, uint32_t value, uint32_t bit) {
  return (struct reader){word + 1, value >> bit, 32 - bit};
}

static inline struct reader readFrom(const uint32_t *stream, uint32_t bit) {
  const uint32_t *word = stream + (bit >> 5);
  return readBehind(word, loadWord(word), bit & 31);
}

/* The next `bits` bits, at most 16; what lies above them is not cleared. */
static inline uint32_t take(struct reader *r, uint32_t bits) {
  uint32_t taken = r->held;
  if (RARELY(r->left < bits)) {
    uint32_t word = loadWord(r->next++);
    taken |= word << r->left;
    r->held = word >> (bits - r->left);
    r->left += 32 - bits;
  } else {
    r->held >>= bits;
    r->left -= bits;
  }
  return taken;
}

/* A stream that is rewritten in place: each word that it touches is loaded once and stored once. */
struct rewriter { struct reader in; uint32_t before, out, *word; };

static inline struct rewriter rewriteFrom(uint32_t *stream, uint32_t bit) {
  uint32_t *word = stream + (bit >> 5);
  uint32_t value = loadWord(word);
  return (struct rewriter){readBehind(word, value, bit & 31), 0, value & ((1u << (bit & 31)) - 1), word};
}

static inline uint32_t next(struct rewriter *r, uint32_t bits) {
  r->before = r->in.left;
  return take(&r->in, bits);
}

/* Puts what replaces the bits that `next` took, and nothing above. */
static inline void put(struct rewriter *r, uint32_t bits, uint32_t value) {
  if (RARELY(r->before < bits)) {
    *r->word++ = r->out | value << 1 << (31 - r->before);
    r->out = value >> r->before;
  } else {
    r->out |= value << (32 - r->in.left - bits);
  }
}

/* Leaves what lies behind the last bits as it was. */
static inline void finish(const struct rewriter *r) {
  *r->word = r->out | r->in.held << 1 << (31 - r->in.left);
}
#endif
