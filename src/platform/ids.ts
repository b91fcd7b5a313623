import { randomFillSync } from 'node:crypto'

const random = Buffer.alloc(4096)
let used = random.length
let lastMillisecond = 0
let counter = 0

/**
 * A UUIDv7 (RFC 9562): sortable by time of creation. Ids of one process strictly increase, also within a
 * millisecond (12-bit counter seeded at random, method 1) and when the clock goes back; 62 bits are random.
 */
export function uuidv7(): string {
  const now = Date.now()
  if (now > lastMillisecond) {
    lastMillisecond = now
    counter = takeRandom(2).readUInt16BE() & 0x7ff
  } else if (++counter > 0xfff) {
    lastMillisecond += 1
    counter = 0
  }
  const bytes = takeRandom(8)
  bytes[0] = (bytes[0]! & 0x3f) | 0x80
  const time = lastMillisecond.toString(16).padStart(12, '0')
  const tail = bytes.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** Whether a text from an address or a form can be an id: the database refuses any other. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
}

/** When a UUIDv7 was made, as far as its maker's clock knew (milliseconds since 1970). */
export function timeOfUuidv7(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
}

/** Reading the system's random source in blocks: about ten times faster than asking for each id. */
function takeRandom(length: number): Buffer {
  if (used + length > random.length) {
    randomFillSync(random)
    used = 0
  }
  used += length
  return random.subarray(used - length, used)
}
