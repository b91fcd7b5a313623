import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Child } from 'hono/jsx'
import { buildAssets } from '../../tools/vendor-assets.ts'
import { textsFor } from '../platform/i18n.ts'
import { CheckboxesField, Form, type FormState, PasswordField, SelectField, TextArea, TextField } from './form.tsx'

before(() => buildAssets())

const t = textsFor('en')
const draw = (form: FormState, fields: Child) =>
  String(
    <Form t={t} form={form} action="/save">
      {fields}
    </Form>,
  )

test('a refused form keeps everything typed, as text', () => {
  const typed = '"><script>alert(1)</script>'
  const html = draw(
    { values: { a: typed, b: typed, c: 'two', d: ['x', 'z'] }, errors: { a: 'No' } },
    <>
      <TextField name="a" label="A" />
      <TextArea name="b" label="B" />
      <SelectField
        name="c"
        label="C"
        options={[
          { value: 'one', text: '1' },
          { value: 'two', text: '2' },
        ]}
      />
      <CheckboxesField name="d" label="D" options={['x', 'y', 'z'].map((value) => ({ value, text: value }))} />
    </>,
  )
  assert.ok(!html.includes('<script>'))
  assert.match(html, /value="&quot;&gt;&lt;script&gt;/)
  assert.match(html, /<option value="two" selected="">/)
  assert.equal(html.match(/checked=""/g)?.length, 2)
})

test('a password never comes back', () => {
  const html = draw(
    { values: { password: 'tr0ub4dor' }, errors: { password: 'Too short' } },
    <PasswordField name="password" label="Password" autocomplete="new-password" />,
  )
  assert.ok(!html.includes('tr0ub4dor'))
})

test('the error summary names fields by their labels, in the order of the form, and links to them', () => {
  const html = draw(
    {
      values: {},
      errors: { form: 'Somebody was faster', 'hosts.1.id': 'Enter a host ID', name: 'Fill in this field' },
    },
    <>
      <TextField name="name" label="Company" required />
      <TextField name="hosts.1.id" label="Host ID" hint="12 digits" />
    </>,
  )
  const lines = [...html.matchAll(/<li>(?:<a href="#([\w-]+)">)?([^<]+)/g)].map(([, id, text]) => [id, text])
  assert.deepEqual(lines, [
    ['field-name', 'Company: Fill in this field'],
    ['field-hosts-1-id', 'Host ID: Enter a host ID'],
    [undefined, 'Somebody was faster'],
  ])
  assert.match(
    html,
    /id="field-hosts-1-id"[^>]*aria-invalid="true"[^>]*aria-describedby="field-hosts-1-id-hint field-hosts-1-id-error"/,
  )
})

test('required fields are marked, and the form says what the mark means', () => {
  const marked = draw({ values: {}, errors: {} }, <TextField name="a" label="A" required />)
  assert.ok(marked.includes(t('ui.required_note')))
  const free = draw({ values: {}, errors: {} }, <TextField name="a" label="A" />)
  assert.ok(!free.includes(t('ui.required_note')))
})
