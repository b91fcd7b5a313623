import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPortal } from '../../test/portal.ts'

test('GET /api/v1/openapi.json describes the question, the answers and the problems', async (t) => {
  const { app } = await openPortal(t)
  const answer = await app.request('/api/v1/openapi.json')
  assert.equal(answer.status, 200)
  const { openapi, servers, paths } = (await answer.json()) as Description
  assert.match(openapi, /^3\.1\./)
  assert.deepEqual(servers, [{ url: 'http://localhost' }])
  const { requestBody, responses } = paths['/api/v1/validate'].post
  const question = requestBody.content['application/json'].schema
  assert.deepEqual(question.required, ['key'])
  assert.deepEqual(Object.keys(question.properties), ['key', 'product', 'host'])
  assert.equal(question.additionalProperties, false)
  assert.deepEqual(Object.keys(responses), ['200', '400', '413', '415', '422', '429', '503'])
  assert.match(JSON.stringify(responses['200']), /"wrong_host"/)
})

type Description = {
  openapi: string
  servers: object[]
  paths: {
    '/api/v1/validate': {
      post: {
        requestBody: {
          content: {
            'application/json': {
              schema: { required: string[]; properties: object; additionalProperties: boolean }
            }
          }
        }
        responses: Record<string, object>
      }
    }
  }
}
