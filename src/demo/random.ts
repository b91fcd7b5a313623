/** Chance that repeats itself: the same seed gives the same numbers on every machine. Not for secrets. */
export type Random = {
  /** A number from 0 up to and without `end`. */
  below(end: number): number
  pick<T>(list: readonly T[]): T
  /** True this often: `chance(0.1)` one time in ten. */
  chance(share: number): boolean
}

/** The generator sfc32 (Chris Doty-Humphrey, PractRand), its state mixed from a seed and a stream number. */
export function randomFrom(seed: number, stream = 0): Random {
  let a = mix(seed >>> 0)
  let b = mix(stream + 0x9e3779b9)
  let c = mix(a ^ b)
  let counter = 1
  const next = () => {
    const sum = (a + b + counter++) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let n = 0; n < 12; n++) next()
  const below = (end: number) => Math.floor((next() / 2 ** 32) * end)
  return {
    below,
    pick: (list) => list[below(list.length)]!,
    chance: (share) => next() < share * 2 ** 32,
  }
}

/** A finaliser of MurmurHash3: neighbouring seeds become unrelated states. */
function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
