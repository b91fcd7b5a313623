import { decodeBase64url, decodeBase64urlText } from './base64url.ts'
import { MAX_SIGNATURES } from './format.ts'
import { isObject, type Json, type JsonObject, readJsonObject } from './json.ts'
import { Refused } from './result.ts'

/** A signed text taken apart, nothing of it trusted yet. */
export interface Envelope {
  payload: string
  signatures: readonly Signature[]
}

export interface Signature {
  alg: string
  kid: string
  /** What the signature is over. */
  signed: Uint8Array<ArrayBuffer>
  value: Uint8Array<ArrayBuffer>
}

const ascii = new TextEncoder()

/**
 * Reads a JWS in General JSON Serialization (RFC 7515 §7.2.1) whose every protected header has the given `typ`.
 * Members outside the signature are refused, because nobody would notice a change in them.
 * @throws Refused `malformed`, or `unsupported_version` when a header has `crit`
 */
export function readJws(jws: string, typ: string): Envelope {
  const { payload, signatures } = exactly(readJsonObject(jws), ['payload', 'signatures'])
  if (typeof payload !== 'string') throw new Refused('malformed', 'The payload is not a text.')
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > MAX_SIGNATURES) {
    throw new Refused('malformed', `There must be 1 to ${MAX_SIGNATURES} signatures.`)
  }
  return {
    payload: decodeBase64urlText(payload),
    signatures: signatures.map((one) => readSignature(one, payload, typ)),
  }
}

function readSignature(json: Json, payload: string, typ: string): Signature {
  if (!isObject(json)) throw new Refused('malformed', 'A signature is not an object.')
  const { protected: encoded, signature } = exactly(json, ['protected', 'signature'])
  if (typeof encoded !== 'string' || typeof signature !== 'string') {
    throw new Refused('malformed', 'A signature is not a text.')
  }
  const header = readHeader(encoded)
  if (header.crit !== undefined) {
    throw new Refused('unsupported_version', 'The file asks for something that this version of the program cannot do.')
  }
  if (header.typ !== typ) throw new Refused('malformed', `This is not of type ${typ}.`)
  if (typeof header.alg !== 'string' || typeof header.kid !== 'string') {
    throw new Refused('malformed', 'A protected header names no algorithm or no key.')
  }
  return {
    alg: header.alg,
    kid: header.kid,
    signed: ascii.encode(`${encoded}.${payload}`),
    value: decodeBase64url(signature),
  }
}

/** Remembers the last one: all files that a key signed have the same. */
function readHeader(encoded: string): JsonObject {
  if (encoded !== last.encoded) last = { encoded, header: readJsonObject(decodeBase64urlText(encoded)) }
  return last.header
}

let last: { encoded: string | undefined; header: JsonObject } = { encoded: undefined, header: {} }

function exactly(object: JsonObject, names: readonly string[]): JsonObject {
  const found = Object.keys(object)
  if (found.length !== names.length || !names.every((name) => name in object)) {
    throw new Refused('malformed', `Exactly these members were expected: ${names.join(', ')}.`)
  }
  return object
}
