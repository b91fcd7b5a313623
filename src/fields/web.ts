import { Hono } from 'hono'
import type { Env } from '../platform/http/env.ts'
import { definitionsWeb } from './web-definitions.tsx'
import { valuesWeb } from './web-values.tsx'

/** User-defined fields over HTTP: which there are, and their values on a license. */
export const fieldsWeb = new Hono<Env>().route('/', definitionsWeb).route('/', valuesWeb)
