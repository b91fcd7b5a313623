import { Refused } from './result.ts'

/** A JSON value; objects have no prototype, so `value.toString` is undefined unless the text said so. */
export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [name: string]: Json }

const MAX_DEPTH = 16
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y

/**
 * Reads RFC 8259 JSON more strictly than `JSON.parse`: two parsers must never see two meanings in one signed text.
 * Refuses duplicate members, names that reach prototypes, lone surrogates, infinite numbers and depth over 16.
 * @throws Refused `malformed`
 */
export function readJson(text: string): Json {
  const reader = new Reader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

/** As `readJson`, for a text that must be an object. @throws Refused `malformed` */
export function readJsonObject(text: string): JsonObject {
  const value = readJson(text)
  if (!isObject(value)) throw new Refused('malformed', 'An object was expected.')
  return value
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isForbidden(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype'
}

class Reader {
  private readonly text: string
  private at = 0

  constructor(text: string) {
    this.text = text
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw this.refused('is nested too deeply')
    const code = this.peek()
    if (code === 0x22) return this.string()
    if (code === 0x7b) return this.object(depth)
    if (code === 0x5b) return this.array(depth)
    if (code === 0x74) return this.word('true', true)
    if (code === 0x66) return this.word('false', false)
    if (code === 0x6e) return this.word('null', null)
    return this.number()
  }

  end(): void {
    this.peek()
    if (this.at !== this.text.length) throw this.refused('goes on after its end')
  }

  private object(depth: number): JsonObject {
    const object = { __proto__: null } as unknown as JsonObject
    this.at++
    if (this.took(0x7d)) return object
    do {
      if (this.peek() !== 0x22) throw this.refused('has a member without a name')
      const name = this.string()
      if (isForbidden(name)) throw this.refused('uses a forbidden name')
      if (object[name] !== undefined) throw this.refused('has a member twice')
      if (!this.took(0x3a)) throw this.refused('has a name without a value')
      object[name] = this.value(depth + 1)
    } while (this.took(0x2c))
    if (!this.took(0x7d)) throw this.refused('has an object without an end')
    return object
  }

  private array(depth: number): Json[] {
    const array: Json[] = []
    this.at++
    if (this.took(0x5d)) return array
    do array.push(this.value(depth + 1))
    while (this.took(0x2c))
    if (!this.took(0x5d)) throw this.refused('has an array without an end')
    return array
  }

  private string(): string {
    const start = this.at + 1
    let end = start
    let code = this.text.charCodeAt(end)
    while (code !== 0x22) {
      const is_plain = code >= 0x20 && code !== 0x5c && (code < 0xd800 || code > 0xdfff)
      if (!is_plain) return this.unusualString()
      code = this.text.charCodeAt(++end)
    }
    this.at = end + 1
    return this.text.slice(start, end)
  }

  /** With escapes or surrogates: the end is found here, what lies before it is judged by the platform's reader. */
  private unusualString(): string {
    const start = this.at
    let end = start
    do {
      end = this.text.indexOf('"', end + 1)
      if (end < 0) throw this.refused('has a text without an end')
    } while (this.isEscaped(end))
    this.at = end + 1
    let value: unknown
    try {
      value = JSON.parse(this.text.slice(start, end + 1))
    } catch {
      throw this.refused('has a text with a forbidden character')
    }
    if (typeof value !== 'string' || !value.isWellFormed()) throw this.refused('has a text that is not Unicode')
    return value
  }

  private isEscaped(quote: number): boolean {
    let before = quote - 1
    while (this.text.charCodeAt(before) === 0x5c) before--
    return (quote - before) % 2 === 0
  }

  private number(): number {
    return this.shortInteger() ?? this.unusualNumber()
  }

  /** What nearly every number of a license is; undefined when it is none. */
  private shortInteger(): number | undefined {
    const start = this.at
    let value = 0
    let end = start
    let code = this.text.charCodeAt(end)
    for (; code >= 0x30 && code <= 0x39; code = this.text.charCodeAt(++end)) value = value * 10 + code - 0x30
    const length = end - start
    const goesOn = code === 0x2e || code === 0x65 || code === 0x45
    if (goesOn || length === 0 || length > 15) return undefined
    if (length > 1 && this.text.charCodeAt(start) === 0x30) return undefined
    this.at = end
    return value
  }

  private unusualNumber(): number {
    NUMBER.lastIndex = this.at
    const digits = NUMBER.exec(this.text)?.[0]
    if (digits === undefined) throw this.refused('has a value that is none')
    const value = Number(digits)
    if (!Number.isFinite(value)) throw this.refused('has a number out of range')
    this.at += digits.length
    return value
  }

  private word<T>(word: string, value: T): T {
    if (!this.text.startsWith(word, this.at)) throw this.refused('has a value that is none')
    this.at += word.length
    return value
  }

  private took(code: number): boolean {
    if (this.peek() !== code) return false
    this.at++
    return true
  }

  /** Skips white space and returns the code of the next character, NaN at the end. */
  private peek(): number {
    let code = this.text.charCodeAt(this.at)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = this.text.charCodeAt(++this.at)
    return code
  }

  private refused(what: string): Refused {
    return new Refused('malformed', `The JSON text ${what} (character ${this.at}).`)
  }
}
