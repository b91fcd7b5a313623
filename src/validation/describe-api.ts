import { z } from 'zod'
import type { Config } from '../platform/config.ts'
import { errorCodes } from '../platform/errors.ts'
import { urls } from '../urls.ts'
import { answerSchema, questionSchema } from './schemas.ts'

const problems = [
  'malformed',
  'too_large',
  'unsupported_media_type',
  'invalid',
  'too_many_requests',
  'unavailable',
] as const

/** The OpenAPI 3.1 description, from the schemas that read questions and type answers. */
export function description({ base_url }: Pick<Config, 'base_url'>) {
  const refusals = problems.map((code) => [String(errorCodes[code]), problemOf(code)])
  return {
    openapi: '3.1.1',
    info: { title: 'Keyport', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: base_url }],
    paths: {
      [urls.api.validate.pattern]: {
        post: {
          operationId: 'validateKey',
          summary: 'What a license key is worth today',
          requestBody: { required: true, content: json(schemaOf(questionSchema, 'input')) },
          responses: {
            200: { description: 'The answer, good or bad', content: json(schemaOf(answerSchema, 'output')) },
            ...Object.fromEntries(refusals),
          },
        },
      },
    },
    components: { schemas: { Problem: schemaOf(problemSchema, 'output') } },
  }
}

/** RFC 9457. */
const problemSchema = z.object({
  type: z.string().describe('urn:keyport:problem: and one word; stays the same over releases and languages.'),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  request_id: z.string(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string() }))
    .optional()
    .describe('JSON Pointers to what is wrong in the body.'),
})

function problemOf(code: (typeof problems)[number]) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return { description: `urn:keyport:problem:${code}`, content }
}

function json(schema: object) {
  return { 'application/json': { schema } }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...described } = z.toJSONSchema(schema, { io })
  return described
}
